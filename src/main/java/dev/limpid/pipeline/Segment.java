package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.SampleRing;
import dev.limpid.signal.WindowSpec;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a series without a break: where its slots begin, its time grid, how far its windows are cut, which
 * models contributed, and the score of the newest window that did. All slots are the series' own, counted on over segments.
 */
final class Segment {
    final long slot;
    final long ms;
    private final WindowSpec windows;
    private final double sampleRateHz;
    private long nextWindow;
    private long windowEnd;

    final Contributors contributors = new Contributors();
    /** Slots that a fallback filter gave values to. */
    final Stretches filtered = new Stretches();

    float score = Float.NaN;

    /**
     * @param slot its first slot
     * @param ms time of its first sample
     * @param nextWindow number of the next window to cut
     */
    Segment(long slot, long ms, PipelineSpec spec, long nextWindow) {
        this.slot = slot;
        this.ms = ms;
        this.windows = spec.window();
        this.sampleRateHz = spec.sampleRateHz();
        nextWindow(nextWindow);
    }

    /** The slot of a sample taken at {@code timestampMs}; only with a grid. */
    long slotAt(long timestampMs) {
        return slot + (long) Math.rint((timestampMs - ms) * sampleRateHz / 1000);
    }

    /** The time of {@code slot} on the grid, in milliseconds since the epoch. */
    long timeOf(long slot) {
        return ms + (long) Math.rint((slot - this.slot) * 1000 / sampleRateHz);
    }

    /** Time of a block's last sample. */
    long lastTime(Block block, long firstSlot) {
        return block.length() < 2 || sampleRateHz == 0 ? block.timestampMs() : timeOf(firstSlot + block.length() - 1);
    }

    long nextWindow() {
        return nextWindow;
    }

    void nextWindow(long window) {
        nextWindow = window;
        windowEnd = slot + windows.end(window);
    }

    /** Slot after the next window to cut. */
    long windowEnd() {
        return windowEnd;
    }

    long windowStart(long window) {
        return slot + window * windows.hop();
    }

    /** The number of the window that starts at a slot. */
    long number(long windowStart) {
        return (windowStart - slot) / windows.hop();
    }

    /** First slot that was not final when {@code window} was cut. */
    long finalBefore(long window) {
        return slot + (window == 0 ? 0 : windows.finalBefore(window - 1));
    }

    /** A sample in a slot before this one comes too late: the slot is in a computed window, or before the segment. */
    long lateBefore() {
        return nextWindow == 0 ? slot : windowEnd - windows.hop();
    }

    /** What passes through of {@code length} samples from {@code firstSlot} on, as in {@link SeriesStore#placed}. */
    byte @Nullable [] passing(long firstSlot, int length, long frontier, SampleRing samples) {
        byte[] passed = new byte[length];
        boolean any = false;
        for (int i = 0; i < length; i++) {
            long slot = firstSlot + i;
            if (slot < lateBefore()) {
                passed[i] = Quality.LATE.code();
            } else if (slot < frontier && samples.filled(slot)) {
                passed[i] = Quality.DUPLICATE.code();
            } else {
                passed[i] = -1;
            }
            any |= passed[i] >= 0;
        }
        return any ? passed : null;
    }

    /** The earliest window that overlaps {@code needed} or a later slot; {@link #nextWindow()} if none does so far. */
    long firstWindowOver(long needed) {
        // the first k with k·hop + length > needed
        long first = Math.floorDiv(needed - slot - windows.length(), windows.hop()) + 1;
        return Math.max(0, Math.min(first, nextWindow));
    }
}
