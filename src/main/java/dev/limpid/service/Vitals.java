package dev.limpid.service;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Signs of life of a trainer, for whoever probes it. Thread-safe. */
public final class Vitals {
    /** Nothing that a trainer does for so long shows no progress, but waiting for a broker that does not answer. */
    static final Duration MOST_SILENT = Duration.ofMinutes(15);

    private final LongSupplier nanos;
    private volatile long beatNanos;
    private volatile boolean joined;
    private volatile boolean elected;

    Vitals() {
        this(System::nanoTime);
    }

    Vitals(LongSupplier nanos) {
        this.nanos = nanos;
        this.beatNanos = nanos.getAsLong();
    }

    void beat() {
        beatNanos = nanos.getAsLong();
    }

    /**
     * How it stands in the election.
     *
     * @param member whether it is a member of the group that elects
     * @param chosen whether it is the one
     */
    void stands(boolean member, boolean chosen) {
        joined = member;
        elected = chosen;
    }

    /** Whether this trainer is the one that works. */
    public boolean elected() {
        return elected;
    }

    /** Why the process should be restarted; empty if it need not. */
    public List<String> notLive() {
        long silent = Duration.ofNanos(nanos.getAsLong() - beatNanos).toMinutes();
        return silent < MOST_SILENT.toMinutes()
                ? List.of()
                : List.of("the trainer shows no progress since " + silent + " minutes");
    }

    /** Why it does no work and would not succeed another; empty if all is well. */
    public List<String> notReady() {
        return joined
                ? List.of()
                : List.of("the trainer is not in its group yet: the broker is away, or does not let it in");
    }
}
