package dev.limpid.eval.filter;

import dev.limpid.signal.FrameMedian;
import dev.limpid.signal.Holes;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is at hand for frames without a model: a filter that looks at each plane by itself, {@code [row][column]}. */
public sealed interface FrameFilter extends ClassicalFilter {
    /** One of each. */
    static List<ClassicalFilter> standard(Kind.Frame size) {
        return List.of(new Median(size), new Gaussian(size, 1));
    }

    Kind.Frame size();

    /** One plane, all of it observed. */
    float[] plane(float[] plane);

    @Override
    default float[] clean(float[] values, double sampleRateHz) {
        float[] whole = Holes.bridged(values);
        float[] out = new float[values.length];
        for (int from = 0; from < values.length; from += size().pixels()) {
            float[] filtered = plane(Arrays.copyOfRange(whole, from, from + size().pixels()));
            System.arraycopy(filtered, 0, out, from, filtered.length);
        }
        return out;
    }

    /** The median over squares of 3 by 3 pixels. */
    record Median(Kind.Frame size) implements FrameFilter {
        @Override
        public String family() {
            return "median";
        }

        @Override
        public String parameters(double sampleRateHz) {
            return "3 x 3 pixels";
        }

        @Override
        public float[] plane(float[] plane) {
            float[] out = new float[plane.length];
            new FrameMedian(size.height(), size.width(), 3)
                    .over(plane.length)
                    .filter(plane, null, 0, plane.length, out);
            return out;
        }
    }

    /** A blur by a Gaussian of {@code sigma} pixels; at the edges the weights of what there is count. */
    record Gaussian(Kind.Frame size, double sigma) implements FrameFilter {
        @Override
        public String family() {
            return "gaussian";
        }

        @Override
        public String parameters(double sampleRateHz) {
            return String.format(Locale.ROOT, "sigma %s pixels", sigma);
        }

        @Override
        public float[] plane(float[] plane) {
            int height = size.height();
            int width = size.width();
            return blurred(blurred(plane, height, width, width, 1), width, height, 1, width);
        }

        /** Along one axis: {@code lines} of {@code count} values that lie {@code step} apart. */
        private float[] blurred(float[] plane, int lines, int count, int stride, int step) {
            int reach = (int) Math.ceil(3 * sigma);
            float[] out = new float[plane.length];
            for (int line = 0; line < lines; line++) {
                for (int i = 0; i < count; i++) {
                    double sum = 0;
                    double weights = 0;
                    for (int k = Math.max(0, i - reach); k <= Math.min(count - 1, i + reach); k++) {
                        double weight = Math.exp(-(k - i) * (k - i) / (2 * sigma * sigma));
                        sum += weight * plane[line * stride + k * step];
                        weights += weight;
                    }
                    out[line * stride + i * step] = (float) (sum / weights);
                }
            }
            return out;
        }
    }
}
