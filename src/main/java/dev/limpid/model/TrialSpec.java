package dev.limpid.model;

/**
 * When a model that took over is taken back.
 *
 * @param failedShare more than this share of its windows failed or were not finite, counted over {@link #LEAST_WINDOWS} at least
 * @param slowShare more than this share of its batches took longer than the bound, counted over {@link #LEAST_BATCHES} at least
 * @param nanosPerWindow the bound: a batch may take as many nanoseconds per window
 * @param nanos how long the trial lasts; so long the model before stays open
 */
public record TrialSpec(double failedShare, double slowShare, long nanosPerWindow, long nanos) {
    /** A share is of as many windows, even if there were fewer. */
    public static final int LEAST_WINDOWS = 1_000;
    /** A share is of as many batches, even if there were fewer. */
    public static final int LEAST_BATCHES = 20;

    public static final TrialSpec DEFAULT = new TrialSpec(0.01, 0.5, 10_000_000, 600_000_000_000L);

    /** The same, over after that time. */
    public TrialSpec lasting(long otherNanos) {
        return new TrialSpec(failedShare, slowShare, nanosPerWindow, otherNanos);
    }
}
