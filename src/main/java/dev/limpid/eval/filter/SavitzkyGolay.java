package dev.limpid.eval.filter;

import dev.limpid.signal.Holes;
import java.util.Arrays;

/**
 * The value in the middle of a polynomial fitted to {@code width} values around each (Savitzky and Golay 1964).
 *
 * @param width odd
 * @param degree of the polynomial, below {@code width}
 */
public record SavitzkyGolay(int width, int degree) implements ClassicalFilter {
    public SavitzkyGolay {
        if (width < 1 || width % 2 == 0 || degree < 0 || degree >= width) {
            throw new IllegalArgumentException("a polynomial of degree " + degree + " over " + width
                    + " values; wanted an odd number of values above the degree");
        }
    }

    @Override
    public String family() {
        return "savitzky-golay";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return "width " + width + ", degree " + degree;
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        Mirrored whole = new Mirrored(Holes.bridged(values));
        double[] weights = weights();
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                sum += weights[k] * whole.at(i + k - width / 2);
            }
            out[i] = (float) sum;
        }
        return out;
    }

    /**
     * The weights, by the discrete orthogonal polynomials over {@code -m..m} that a three-term recurrence gives (Forsythe 1957): the
     * least-squares fit's value at 0 is {@code Σ p(0) p(k) / Σ p²}.
     */
    double[] weights() {
        int half = width / 2;
        double[] weights = new double[width];
        double[] before = new double[width];
        double[] now = new double[width];
        Arrays.fill(now, 1);
        double normBefore = 1;
        for (int d = 0; d <= degree; d++) {
            double norm = 0;
            for (double value : now) {
                norm += value * value;
            }
            for (int k = 0; k < width; k++) {
                weights[k] += now[half] * now[k] / norm;
            }
            // symmetric points: the recurrence has no middle term
            double ratio = d == 0 ? 0 : norm / normBefore;
            double[] next = new double[width];
            for (int k = 0; k < width; k++) {
                next[k] = (k - half) * now[k] - ratio * before[k];
            }
            before = now;
            now = next;
            normBefore = norm;
        }
        return weights;
    }
}
