package dev.limpid.train.tokens;

import java.util.Arrays;

/**
 * The greatest values of a check among so many units, and what may lie beyond them. Immutable.
 *
 * <p>A level says how many of as many further units are expected above a threshold. From 0 on it is the number of units seen above it; one more is
 * expected, for the next unit is as likely the greatest as any. Below 0 there are {@code 2^level}, by an exponential tail through the greatest hundredth
 * of the values (peaks over threshold; Siffer et al. 2017, "Anomaly detection in streams with extreme value theory", KDD).
 */
final class Tail {
    /** Below it, float32 and the last bits of a kernel decide. */
    private static final double MARGIN = 1e-3;
    /** The least threshold of a check that has no least value of its own. */
    static final double LEAST_THRESHOLD = 1e-6;

    private static final int LEAST = 10;

    private final boolean whole;
    private final double least;
    private final double[] rising;
    private final int greatest;
    private final double from;
    private final double excess;

    /**
     * Of a check.
     *
     * @param least no threshold is lower
     * @param values at least one
     */
    Tail(Check check, double least, double... values) {
        this.whole = check.whole();
        this.least = least;
        this.rising = values.clone();
        Arrays.sort(rising);
        this.greatest = Math.min(rising.length - 1, Math.max(LEAST, rising.length / 100));
        this.from = rising[rising.length - 1 - greatest];
        this.excess = Arrays.stream(rising, rising.length - greatest, rising.length)
                        .average()
                        .orElse(from)
                - from;
    }

    /** How many are expected above the threshold of {@code level} beside those that were seen there. */
    static double unseen(int level) {
        return level >= 0 ? 1 : Math.pow(2, level);
    }

    double threshold(int level) {
        double seen = rising[Math.max(0, rising.length - 1 - Math.max(0, level))];
        double value = level >= 0 ? seen : Math.max(seen, from + excess * Math.log(greatest / unseen(level)));
        return whole ? Math.floor(value) + 0.5 : Math.max(least, value * (1 + MARGIN));
    }
}
