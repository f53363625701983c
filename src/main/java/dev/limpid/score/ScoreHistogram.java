package dev.limpid.score;

import dev.limpid.signal.Floats;

/**
 * Counts scores in classes that grow by {@value #GROWTH} each, so that any quantile is right to one percent, in 11 KB and for any number
 * of them (the idea of DDSketch; Masson, Rim, Lee 2019). Scores beyond 10⁻⁶ and 10⁶ count as these.
 */
final class ScoreHistogram {
    private static final double GROWTH = 1.02;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final double LEAST = 1e-6;
    private static final double MOST = 1e6;

    private final long[] counts = new long[1 + classOf(MOST)];
    private long count;

    /** @param score finite and not negative */
    void add(double score) {
        counts[classOf(Math.max(LEAST, Math.min(MOST, score)))]++;
        count++;
    }

    private static int classOf(double score) {
        return (int) Math.round((Math.log(score) - Math.log(LEAST)) / LOG_GROWTH);
    }

    /** The quantiles at these probabilities; none if nothing was counted. */
    Floats quantiles(Floats probabilities) {
        if (count == 0) {
            return Floats.of();
        }
        float[] quantiles = new float[probabilities.length()];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = (float) quantile(probabilities.at(i));
        }
        return Floats.owning(quantiles);
    }

    private double quantile(double probability) {
        long rank = Math.max(1, Math.round(probability * count));
        int at = -1;
        for (long below = 0; below < rank; below += counts[at]) {
            at++;
        }
        return LEAST * Math.exp(at * LOG_GROWTH);
    }
}
