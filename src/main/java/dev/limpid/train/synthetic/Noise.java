package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A kind of stationary noise of mean 0 and standard deviation 1. */
public sealed interface Noise {
    /** Fills {@code out}. */
    void draw(RandomGenerator random, float[] out);

    /** Normally distributed, each sample by itself. */
    record White() implements Noise {
        @Override
        public void draw(RandomGenerator random, float[] out) {
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) random.nextGaussian();
            }
        }
    }

    /** Each sample by itself; Laplace distributed, or even, as rounding errors are. */
    record Other() implements Noise {
        @Override
        public void draw(RandomGenerator random, float[] out) {
            boolean laplace = random.nextBoolean();
            for (int i = 0; i < out.length; i++) {
                double even = random.nextDouble() - 0.5;
                out[i] = (float)
                        (laplace
                                ? -Math.signum(even) * Math.log(1 - 2 * Math.abs(even) + 1e-12) / Math.sqrt(2)
                                : even * Math.sqrt(12));
            }
        }
    }

    /**
     * Each sample depends on those before: an autoregressive process of first order, or pink noise as a sum of five such
     * processes, their times an octave and a half apart (van der Ziel 1950).
     *
     * @param most greatest correlation of neighbours in the autoregressive process
     */
    record Coloured(double most) implements Noise {
        private static final double PINK = 0.3;
        private static final double APART = 2.8;

        @Override
        public void draw(RandomGenerator random, float[] out) {
            Arrays.fill(out, 0f);
            if (random.nextDouble() < PINK) {
                double time = 0.6;
                for (int k = 0; k < 5; k++) {
                    relaxation(random, Math.exp(-1 / time), 1 / Math.sqrt(5), out);
                    time *= APART;
                }
            } else {
                relaxation(random, Draw.even(random, 0.2, most), 1, out);
            }
        }

        private static void relaxation(RandomGenerator random, double correlation, double scale, float[] out) {
            double fresh = Math.sqrt(1 - correlation * correlation);
            double state = random.nextGaussian();
            for (int i = 0; i < out.length; i++) {
                out[i] += (float) (scale * state);
                state = correlation * state + fresh * random.nextGaussian();
            }
        }
    }
}
