package dev.limpid.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts samples by what became of them. The law of conservation: {@code accepted = cleaned + imputed + replaced +
 * fallback + passedThrough + pending}. In {@link Granularity#HOP}, empty slots are imputed without having been accepted; {@link #filled} counts them
 * apart. Written by one thread, may be read by others, which see a slightly older figure.
 */
public final class Tally {
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong cleaned = new AtomicLong();
    private final AtomicLong imputed = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();
    private final AtomicLong fallback = new AtomicLong();
    private final AtomicLong passedThrough = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong windows = new AtomicLong();
    private final AtomicLong wallClockEnds = new AtomicLong();

    /** One writer, so a plain read and a release write do: no locked instruction per sample. */
    private static void add(AtomicLong counter, long count) {
        counter.setRelease(counter.getPlain() + count);
    }

    void accepted(long samples) {
        add(accepted, samples);
    }

    void left(Quality quality, long samples) {
        AtomicLong counter =
                switch (quality) {
                    case CLEANED -> cleaned;
                    case IMPUTED -> imputed;
                    case REPLACED -> replaced;
                    case FALLBACK -> fallback;
                    case LATE, DUPLICATE, FAILED, MISSING, UNKNOWN, FOREIGN -> passedThrough;
                };
        add(counter, samples);
        if (quality == Quality.UNKNOWN) {
            add(unknown, samples);
        }
    }

    void fill() {
        add(filled, 1);
    }

    void ran(int run) {
        add(windows, run);
    }

    void wallClockEnd() {
        add(wallClockEnds, 1);
    }

    /** Adds all figures of another, which its writer has left. */
    public void add(Tally other) {
        add(accepted, other.accepted());
        add(cleaned, other.cleaned());
        add(imputed, other.imputed());
        add(replaced, other.replaced());
        add(fallback, other.fallback());
        add(passedThrough, other.passedThrough());
        add(unknown, other.unknown());
        add(filled, other.filled());
        add(windows, other.windows());
        add(wallClockEnds, other.wallClockEnds());
    }

    /** Samples taken in, those taken over from a {@link SeriesStore} at the start included. */
    public long accepted() {
        return accepted.get();
    }

    public long cleaned() {
        return cleaned.get();
    }

    public long imputed() {
        return imputed.get();
    }

    /** Tokens in whose place another one left. */
    public long replaced() {
        return replaced.get();
    }

    /** Samples with the fallback filter's value. */
    public long fallback() {
        return fallback.get();
    }

    public long passedThrough() {
        return passedThrough.get();
    }

    public long pending() {
        long left = cleaned() + imputed() + replaced() + fallback() + passedThrough();
        return accepted() - left;
    }

    /** Tokens that the vocabulary does not have; they pass through. */
    public long unknown() {
        return unknown.get();
    }

    /** Empty slots that left in a hop block. */
    public long filled() {
        return filled.get();
    }

    /** Windows run. */
    public long windows() {
        return windows.get();
    }

    /** Segments ended by the wall clock. */
    public long wallClockEnds() {
        return wallClockEnds.get();
    }
}
