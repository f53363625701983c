package dev.limpid.eval.filter;

import dev.limpid.signal.Holes;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A filter of frames ({@link FrameFilters}), plane by plane.
 *
 * @param sigma of the blur in pixels; 0: the median
 */
public record FrameFilter(Kind.Frame size, double sigma) implements ClassicalFilter {
    /** One of each family. */
    public static List<ClassicalFilter> standard(Kind.Frame size) {
        return List.of(new FrameFilter(size, 0), new FrameFilter(size, 1));
    }

    @Override
    public String family() {
        return sigma == 0 ? "median" : "gaussian";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return sigma == 0 ? "3 x 3 pixels" : String.format(Locale.ROOT, "sigma %s pixels", sigma);
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        float[] whole = Holes.bridged(values);
        float[] out = new float[values.length];
        for (int from = 0; from < values.length; from += size.pixels()) {
            float[] plane = Arrays.copyOfRange(whole, from, from + size.pixels());
            float[] filtered = sigma == 0
                    ? FrameFilters.median(plane, size.height(), size.width())
                    : FrameFilters.gaussian(plane, size.height(), size.width(), sigma);
            System.arraycopy(filtered, 0, out, from, size.pixels());
        }
        return out;
    }
}
