package dev.limpid.eval.filter;

import dev.limpid.signal.Holes;
import java.util.Arrays;

/**
 * Shrinkage of the coefficients of an undecimated wavelet transform (Coifman and Donoho 1995) with the symlet of eight vanishing
 * moments (Daubechies 1992): what stays below {@code σ √(2 ln n)} (Donoho and Johnstone 1994) is noise. σ comes from the finest
 * coefficients' median absolute value.
 *
 * @param levels at most; fewer for short signals
 * @param soft whether what stays is drawn towards 0 by the threshold
 */
public record WaveletShrinkage(int levels, boolean soft) implements ClassicalFilter {
    /** The symlet's low-pass, of sum √2. */
    static final double[] SYM8 = {
        -0.0033824159510061256,
        -0.0005421323317911481,
        0.03169508781149298,
        0.007607487324917605,
        -0.1432942383508097,
        -0.061273359067658524,
        0.4813596512583722,
        0.7771857517005235,
        0.3644418948353314,
        -0.05194583810770904,
        -0.027219029917056003,
        0.049137179673607506,
        0.003808752013890615,
        -0.01495225833704823,
        -0.0003029205147213668,
        0.0018899503327594609
    };

    private static final double TO_DEVIATION = 0.6745;

    public WaveletShrinkage {
        if (levels < 1 || levels > 12) {
            throw new IllegalArgumentException("wavelets of " + levels + " levels; wanted 1 to 12");
        }
    }

    @Override
    public String family() {
        return "wavelet";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return "sym8, " + levels + " levels, " + (soft ? "soft" : "hard") + ", universal threshold";
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        float[] whole = Holes.bridged(values);
        int length = whole.length;
        if (length < 2) {
            return whole;
        }
        double[] level = new double[2 * length - 2];
        for (int i = 0; i < level.length; i++) {
            level[i] = whole[Mirrored.place(i, length)];
        }
        int depth = Math.max(1, Math.min(levels, 31 - Integer.numberOfLeadingZeros(length / 4 + 1)));
        double[][] details = new double[depth][];
        for (int j = 0; j < depth; j++) {
            details[j] = filtered(level, 1 << j, true, false);
            level = filtered(level, 1 << j, false, false);
        }
        // each level halves the noise's power, as the filters' squares add up to 1/2
        double sigma = deviation(details[0]) * Math.sqrt(2);
        double threshold = sigma * Math.sqrt(2 * Math.log(length));
        for (int j = depth - 1; j >= 0; j--) {
            shrink(details[j], threshold * Math.pow(2, -(j + 1) / 2.0));
            double[] coarse = filtered(level, 1 << j, false, true);
            double[] fine = filtered(details[j], 1 << j, true, true);
            for (int i = 0; i < coarse.length; i++) {
                coarse[i] += fine[i];
            }
            level = coarse;
        }
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (float) level[i];
        }
        return out;
    }

    /**
     * Standard deviation of the noise by the coefficients of each scale, finest first, as if it were white: their median absolute value
     * over 0.6745, in units of the values.
     */
    public static double[] noise(float[] values, int scales) {
        double[] level = new double[values.length];
        for (int i = 0; i < level.length; i++) {
            level[i] = values[i];
        }
        double[] sigmas = new double[scales];
        for (int j = 0; j < scales; j++) {
            sigmas[j] = deviation(filtered(level, 1 << j, true, false)) * Math.pow(2, (j + 1) / 2.0);
            level = filtered(level, 1 << j, false, false);
        }
        return sigmas;
    }

    /** One filter of the pair, its taps {@code spread} values apart, around the circle; {@code back} runs it in reverse. */
    private static double[] filtered(double[] values, int spread, boolean high, boolean back) {
        double[] out = new double[values.length];
        for (int tap = 0; tap < SYM8.length; tap++) {
            double sign = high && tap % 2 == 1 ? -1 : 1;
            double weight = (high ? sign * SYM8[SYM8.length - 1 - tap] : SYM8[tap]) / Math.sqrt(2);
            int shift = Math.floorMod(back ? tap * spread : -tap * spread, values.length);
            for (int i = 0; i < out.length; i++) {
                int from = i + shift;
                out[i] += weight * values[from < values.length ? from : from - values.length];
            }
        }
        return out;
    }

    private static double deviation(double[] details) {
        double[] sizes = Arrays.stream(details).map(Math::abs).sorted().toArray();
        return sizes[sizes.length / 2] / TO_DEVIATION;
    }

    private void shrink(double[] details, double threshold) {
        for (int i = 0; i < details.length; i++) {
            double size = Math.abs(details[i]);
            if (size <= threshold) {
                details[i] = 0;
            } else if (soft) {
                details[i] -= Math.copySign(threshold, details[i]);
            }
        }
    }
}
