package dev.limpid.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first time of a model in force: counts what it did badly, and says once why it is to be taken back. Thread-safe. */
public final class Trial {
    private final TrialSpec spec;
    private long windows;
    private long failed;
    private long batches;
    private long slow;
    private volatile boolean over;

    public Trial(TrialSpec spec) {
        this.spec = spec;
    }

    /** Whether it is decided: nothing more needs to be told. */
    public boolean over() {
        return over;
    }

    /**
     * The model ran a batch.
     *
     * @param failed windows of it that failed or were not finite
     * @param nanos how long that took
     * @param timed whether that says how fast the model is
     * @return why the model is to be taken back; null if it is not, or was already
     */
    public synchronized @Nullable String ran(int windows, int failed, long nanos, boolean timed) {
        if (over) {
            return null;
        }
        this.windows += windows;
        this.failed += failed;
        if (timed) {
            batches++;
            slow += nanos > windows * spec.nanosPerWindow() ? 1 : 0;
        }
        String reason = null;
        if (this.failed > spec.failedShare() * Math.max(this.windows, TrialSpec.LEAST_WINDOWS)) {
            reason = this.failed + " of its first " + this.windows
                    + " windows failed or were not finite, wanted at most " + percent(spec.failedShare()) + " of "
                    + TrialSpec.LEAST_WINDOWS + " or more";
        } else if (slow > spec.slowShare() * Math.max(batches, TrialSpec.LEAST_BATCHES)) {
            reason = slow + " of its first " + batches + " batches took more than " + spec.nanosPerWindow() / 1_000
                    + " us per window, wanted at most " + percent(spec.slowShare()) + " of " + TrialSpec.LEAST_BATCHES
                    + " or more";
        }
        over = reason != null;
        return reason;
    }

    /** Ends it, if it was not over yet and has lasted for long enough; gives whether it does. */
    public synchronized boolean lasted(long nanos) {
        boolean ends = !over && nanos >= spec.nanos();
        if (ends) {
            over = true;
        }
        return ends;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%s %%", (float) (share * 100));
    }
}
