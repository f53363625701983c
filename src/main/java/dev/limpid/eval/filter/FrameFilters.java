package dev.limpid.eval.filter;

import dev.limpid.signal.FrameMedian;

/** What is at hand for frames without a model. Planes are {@code [row][column]}, values observed. */
public final class FrameFilters {
    private FrameFilters() {}

    /** The median over squares of 3 by 3 pixels. */
    public static float[] median(float[] plane, int height, int width) {
        float[] out = new float[plane.length];
        new FrameMedian(height, width, 3).over(plane.length).filter(plane, null, 0, plane.length, out);
        return out;
    }

    /** A blur by a Gaussian of {@code sigma} pixels; at the edges the weights of what there is count. */
    public static float[] gaussian(float[] plane, int height, int width, double sigma) {
        return blurred(blurred(plane, height, width, width, 1, sigma), width, height, 1, width, sigma);
    }

    /** Along one axis: {@code lines} of {@code count} values that lie {@code step} apart. */
    private static float[] blurred(float[] plane, int lines, int count, int stride, int step, double sigma) {
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
