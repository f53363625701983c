package dev.limpid.train.synthetic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Polynomials of up to third degree, one after the other, with or without jumps between them: ramps, charging curves, drifts.
 *
 * @param most greatest number of pieces
 */
public record Pieces(int most) implements Family {
    private static final double CONTINUOUS = 0.5;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        int count = 1 + random.nextInt(most);
        int[] ends = new int[count];
        for (int i = 0; i < count - 1; i++) {
            ends[i] = 1 + random.nextInt(out.length - 1);
        }
        ends[count - 1] = out.length;
        Arrays.sort(ends);
        boolean continuous = random.nextDouble() < CONTINUOUS;
        double last = 0;
        int from = 0;
        for (int to : ends) {
            if (to > from) {
                last = piece(random, out, from, to, continuous, last);
                from = to;
            }
        }
    }

    private static double piece(
            RandomGenerator random, float[] out, int from, int to, boolean continuous, double last) {
        double scale = Math.exp(0.5 * random.nextGaussian());
        double[] factors = new double[4];
        int degree = random.nextInt(4);
        for (int k = 0; k <= degree; k++) {
            factors[k] = random.nextGaussian() * scale;
        }
        double shift = continuous ? last - value(factors, -1) : 0;
        for (int i = from; i < to; i++) {
            double u = to - from > 1 ? 2.0 * (i - from) / (to - from - 1) - 1 : 0;
            out[i] = (float) (value(factors, u) + shift);
        }
        return out[to - 1];
    }

    private static double value(double[] factors, double u) {
        return factors[0] + u * (factors[1] + u * (factors[2] + u * factors[3]));
    }
}
