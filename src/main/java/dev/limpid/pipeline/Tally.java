package dev.limpid.pipeline;

/**
 * Counts samples by what became of them. The law of conservation: {@code accepted = cleaned + imputed + passedThrough +
 * pending}. In {@link Granularity#HOP}, empty slots are imputed without having been accepted; {@link #filled} counts them
 * apart. Written by one thread, may be read by others.
 */
public final class Tally {
    private volatile long accepted;
    private volatile long cleaned;
    private volatile long imputed;
    private volatile long passedThrough;
    private volatile long filled;
    private volatile long windows;
    private volatile long wallClockEnds;

    void accepted(int samples) {
        accepted = accepted + samples;
    }

    void left(Quality quality) {
        switch (quality) {
            case CLEANED -> cleaned = cleaned + 1;
            case IMPUTED -> imputed = imputed + 1;
            default -> passedThrough = passedThrough + 1;
        }
    }

    void fill() {
        filled = filled + 1;
    }

    void ran(int run) {
        windows = windows + run;
    }

    void wallClockEnd() {
        wallClockEnds = wallClockEnds + 1;
    }

    public long accepted() {
        return accepted;
    }

    public long cleaned() {
        return cleaned;
    }

    public long imputed() {
        return imputed;
    }

    public long passedThrough() {
        return passedThrough;
    }

    public long pending() {
        return accepted - cleaned - imputed - passedThrough;
    }

    /** Empty slots that left in a hop block. */
    public long filled() {
        return filled;
    }

    /** Windows run. */
    public long windows() {
        return windows;
    }

    /** Segments ended by the wall clock. */
    public long wallClockEnds() {
        return wallClockEnds;
    }
}
