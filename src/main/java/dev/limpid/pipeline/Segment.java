package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import org.jspecify.annotations.Nullable;

/** A stretch of a series without a break: where its slots begin, its time grid, and the newest window that contributed. */
final class Segment {
    final long slot;
    final long ms;
    private final double sampleRateHz;

    @Nullable
    ModelId model;

    float score = Float.NaN;

    /**
     * @param slot its first slot
     * @param ms time of its first sample
     * @param sampleRateHz 0 if there is no grid
     */
    Segment(long slot, long ms, double sampleRateHz) {
        this.slot = slot;
        this.ms = ms;
        this.sampleRateHz = sampleRateHz;
    }

    /** The slot of a sample taken at {@code timestampMs}; only with a grid. */
    long slotAt(long timestampMs) {
        return slot + (long) Math.rint((timestampMs - ms) * sampleRateHz / 1000);
    }

    /** The time of {@code slot} on the grid, in milliseconds since the epoch. */
    long timeOf(long slot) {
        return ms + (long) Math.rint((slot - this.slot) * 1000 / sampleRateHz);
    }
}
