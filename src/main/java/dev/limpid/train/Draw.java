package dev.limpid.train;

import java.util.random.RandomGenerator;

/** Draws from distributions. */
public final class Draw {
    private Draw() {}

    public static double even(RandomGenerator random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Even in the logarithm. */
    public static double logarithmic(RandomGenerator random, double low, double high) {
        return Math.exp(even(random, Math.log(low), Math.log(high)));
    }
}
