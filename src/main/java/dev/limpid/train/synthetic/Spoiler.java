package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Spoils clean windows of standard deviation 1 as a {@link Spoiling} says. Confined to one thread. */
public final class Spoiler {
    private static final Noise WHITE = new Noise.White();
    private static final Noise OTHER = new Noise.Other();
    private static final Noise COLOURED = new Noise.Coloured(0.95);
    private static final double TENTH = 0.1;
    /** Greatest distance of a clean sample from 0, in standard deviations of the noise. */
    private static final double MOST_RATIO = 150;

    private final Spoiling spoiling;
    private final RandomGenerator random;

    public Spoiler(Spoiling spoiling, RandomGenerator random) {
        this.spoiling = spoiling;
        this.random = random;
    }

    /**
     * Fills {@code noise} with what to add to {@code clean}.
     *
     * @return the standard deviation of the noise, impulses and rounding left out
     */
    public double noise(float[] clean, float[] noise) {
        double most = 0;
        for (float value : clean) {
            most = Math.max(most, Math.abs(value));
        }
        double ratio = Draw.logarithmic(random, spoiling.ratioLow(), spoiling.ratioHigh());
        double sigma = 1 / Math.min(ratio, MOST_RATIO / Math.max(most, 1e-3));
        if (random.nextDouble() < spoiling.nearlyClean()) {
            sigma *= TENTH;
        }
        kind().draw(random, noise);
        if (random.nextDouble() < spoiling.varying()) {
            Envelope.apply(random, 0.5, noise);
        }
        for (int i = 0; i < noise.length; i++) {
            noise[i] *= (float) sigma;
        }
        if (random.nextDouble() < spoiling.impulses()) {
            impulses(noise, sigma);
        }
        if (random.nextDouble() < spoiling.quantised()) {
            round(clean, noise, sigma * Draw.logarithmic(random, 0.3, 3));
        }
        return sigma;
    }

    private Noise kind() {
        if (random.nextDouble() < spoiling.coloured()) {
            return COLOURED;
        }
        return random.nextDouble() < spoiling.otherwise() ? OTHER : WHITE;
    }

    /** One or two samples each, of alike or of unlike size. */
    private void impulses(float[] noise, double sigma) {
        double share = Draw.logarithmic(random, 0.002, 0.05);
        double size = Draw.logarithmic(random, 4, 60) * sigma;
        double spread = random.nextDouble();
        for (int i = 0; i < noise.length; i++) {
            if (random.nextDouble() < share) {
                double height = size * Math.exp(spread * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
                noise[i] += (float) height;
                if (i + 1 < noise.length && random.nextInt(4) == 0) {
                    noise[i + 1] += (float) (height * random.nextDouble());
                }
            }
        }
    }

    private static void round(float[] clean, float[] noise, double step) {
        for (int i = 0; i < noise.length; i++) {
            double value = clean[i] + noise[i];
            noise[i] = (float) (Math.rint(value / step) * step - clean[i]);
        }
    }

    /** Sets {@code observed} to 0 where a sample is missing, else to 1. */
    public void hide(float[] observed) {
        Arrays.fill(observed, 1f);
        if (random.nextDouble() >= spoiling.missing()) {
            return;
        }
        int length = observed.length;
        switch (random.nextInt(3)) {
            case 0 -> {
                int spans = 1 + random.nextInt(3);
                for (int s = 0; s < spans; s++) {
                    int span = (int) Draw.logarithmic(random, 1, 0.2 * length);
                    int from = random.nextInt(length - span);
                    Arrays.fill(observed, from, from + span, 0f);
                }
            }
            case 1 -> {
                double share = random.nextDouble() * 0.4;
                for (int i = 0; i < length; i++) {
                    observed[i] = random.nextDouble() < share ? 0 : 1;
                }
            }
            default -> Arrays.fill(observed, (int) (Draw.even(random, 0.1, 1) * length), length, 0f);
        }
    }
}
