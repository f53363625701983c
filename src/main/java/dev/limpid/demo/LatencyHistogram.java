package dev.limpid.demo;

/**
 * Counts latencies in buckets that grow by a fiftieth, from 0.1 ms to a quarter of an hour: a quantile is at most 2 % too high. Mutable,
 * confined to one thread.
 */
final class LatencyHistogram {
    private static final double LEAST_MS = 0.1;
    private static final double GROWTH = Math.log(1.02);
    private final long[] counts = new long[820];
    private long total;

    void add(double ms) {
        int bucket = ms <= LEAST_MS ? 0 : (int) Math.ceil(Math.log(ms / LEAST_MS) / GROWTH);
        counts[Math.min(bucket, counts.length - 1)]++;
        total++;
    }

    long total() {
        return total;
    }

    /** The latency that a share {@code q} of all did not exceed, ms; NaN if there are none. */
    double quantile(double q) {
        long wanted = (long) Math.ceil(q * total);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return LEAST_MS * Math.exp(bucket * GROWTH);
            }
        }
        return Double.NaN;
    }
}
