package dev.limpid.eval.filter;

import dev.limpid.signal.Holes;
import java.util.Arrays;

/**
 * The median of {@code width} values around each (Tukey 1977): takes out single outliers and keeps steps.
 *
 * @param width odd
 */
public record RunningMedian(int width) implements ClassicalFilter {
    public RunningMedian {
        if (width < 1 || width % 2 == 0) {
            throw new IllegalArgumentException("a median of " + width + " values; wanted an odd number");
        }
    }

    @Override
    public String family() {
        return "median";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return "width " + width;
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        Mirrored whole = new Mirrored(Holes.bridged(values));
        float[] out = new float[values.length];
        float[] around = new float[width];
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < width; k++) {
                around[k] = whole.at(i + k - width / 2);
            }
            Arrays.sort(around);
            out[i] = around[width / 2];
        }
        return out;
    }
}
