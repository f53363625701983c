package dev.limpid.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * By what share one error is lower than another, both measured on the same things, with an interval: the things are drawn again with
 * replacement many times over, and the percentiles of what that gives are its ends (Efron and Tibshirani 1993, chapter 13). What belongs
 * together, such as all of one series, is to be one thing, or the interval is too narrow.
 */
public final class PairedBootstrap {
    private static final int DRAWS = 2_000;

    private PairedBootstrap() {}

    /** The share, and the ends of its interval; negative: the error is higher. */
    public record Reduction(double atLeast, double share, double atMost) {}

    /**
     * The reduction of the root mean square.
     *
     * @param before of each thing the sum of squares by the one
     * @param after by the other, in the same order
     * @param confidence share of the draws that the interval holds, such as 0.95
     */
    public static Reduction of(double[] before, double[] after, double confidence, long seed) {
        return of(before, after, confidence, seed, Math::sqrt);
    }

    /** The reduction of the mean, of each thing a sum of errors that are not squared. */
    public static Reduction ofMeans(double[] before, double[] after, double confidence, long seed) {
        return of(before, after, confidence, seed, ratio -> ratio);
    }

    private static Reduction of(
            double[] before, double[] after, double confidence, long seed, DoubleUnaryOperator root) {
        if (before.length != after.length || before.length == 0) {
            throw new IllegalArgumentException(
                    before.length + " and " + after.length + " sums, wanted as many, and at least one");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] draws = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sumBefore = 0;
            double sumAfter = 0;
            for (int i = 0; i < before.length; i++) {
                int at = random.nextInt(before.length);
                sumBefore += before[at];
                sumAfter += after[at];
            }
            draws[draw] = reduction(sumBefore, sumAfter, root);
        }
        Arrays.sort(draws);
        int out = (int) Math.floor((1 - confidence) / 2 * DRAWS);
        return new Reduction(
                draws[out],
                reduction(Arrays.stream(before).sum(), Arrays.stream(after).sum(), root),
                draws[DRAWS - 1 - out]);
    }

    private static double reduction(double before, double after, DoubleUnaryOperator root) {
        return 1 - root.applyAsDouble(after / Math.max(before, 1e-30));
    }
}
