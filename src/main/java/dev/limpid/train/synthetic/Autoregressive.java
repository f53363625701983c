package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.random.RandomGenerator;

/**
 * Autoregressive processes of first and second order (Yule 1927), slow ones: a relaxation, two of them in a row, or a
 * resonance that is struck by chance.
 *
 * @param longest greatest period of a resonance, samples
 */
public record Autoregressive(double longest) implements Family {
    private static final int SETTLING = 600;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        double first;
        double second;
        switch (random.nextInt(3)) {
            case 0 -> {
                first = Draw.even(random, 0.9, 0.999);
                second = 0;
            }
            case 1 -> {
                double pole = Draw.even(random, 0.9, 0.998);
                first = 2 * pole;
                second = -pole * pole;
            }
            default -> {
                double pole = Draw.even(random, 0.93, 0.999);
                double turn = 2 * Math.PI * Draw.logarithmic(random, 1 / longest, 0.15);
                first = 2 * pole * Math.cos(turn);
                second = -pole * pole;
            }
        }
        double before = 0;
        double last = 0;
        for (int i = -SETTLING; i < out.length; i++) {
            double next = first * last + second * before + random.nextGaussian();
            before = last;
            last = next;
            if (i >= 0) {
                out[i] = (float) next;
            }
        }
    }
}
