package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.random.RandomGenerator;

/**
 * Piecewise constant: levels that are reached once, or a few levels that come again, as of a valve or a switch.
 *
 * @param most greatest number of steps
 */
public record Steps(int most) implements Family {
    private static final double RECURRING = 0.35;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        int count = (int) Draw.logarithmic(random, 1, most + 1);
        boolean[] step = new boolean[out.length];
        for (int i = 0; i < count; i++) {
            step[1 + random.nextInt(out.length - 1)] = true;
        }
        double[] levels = random.nextDouble() < RECURRING ? levels(random) : new double[0];
        double level = levels.length > 0 ? levels[0] : 0;
        for (int i = 0; i < out.length; i++) {
            if (step[i]) {
                level = levels.length > 0
                        ? levels[random.nextInt(levels.length)]
                        : level + random.nextGaussian() * Math.exp(0.5 * random.nextGaussian());
            }
            out[i] = (float) level;
        }
    }

    private static double[] levels(RandomGenerator random) {
        double[] levels = new double[2 + random.nextInt(4)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = random.nextGaussian();
        }
        return levels;
    }
}
