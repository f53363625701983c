package dev.limpid.eval.filter;

import dev.limpid.signal.Holes;

/**
 * The adaptive Wiener filter of Lee (1980): each value is drawn to the mean of {@code width} values around it, the more the less
 * their variance exceeds the noise's, which is taken to be the mean of all local variances.
 *
 * @param width odd
 */
public record LocalWiener(int width) implements ClassicalFilter {
    public LocalWiener {
        if (width < 3 || width % 2 == 0) {
            throw new IllegalArgumentException(
                    "a Wiener filter over " + width + " values; wanted an odd number from 3");
        }
    }

    @Override
    public String family() {
        return "wiener";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return "width " + width;
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        float[] bridged = Holes.bridged(values);
        Mirrored whole = new Mirrored(bridged);
        double[] means = new double[values.length];
        double[] variances = new double[values.length];
        double noise = 0;
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            for (int k = -(width / 2); k <= width / 2; k++) {
                sum += whole.at(i + k);
            }
            means[i] = sum / width;
            double squares = 0;
            for (int k = -(width / 2); k <= width / 2; k++) {
                double deviation = whole.at(i + k) - means[i];
                squares += deviation * deviation;
            }
            variances[i] = squares / width;
            noise += variances[i] / means.length;
        }
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            double kept = variances[i] > noise ? 1 - noise / variances[i] : 0;
            out[i] = (float) (means[i] + kept * (bridged[i] - means[i]));
        }
        return out;
    }
}
