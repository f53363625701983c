package dev.limpid.signal;

import java.util.Arrays;

/**
 * The newest samples of a series by slot, {@code [channel][slot]}: a ring over the slots {@code [from, to)} that grows when
 * asked to hold more. A slot is empty until a sample is put there. Confined to one thread.
 */
public final class SampleRing {
    private final int channels;
    private float[] values;
    private boolean[] filled;
    private long[] timesMs;
    private int mask;
    private long from;
    private long to;

    /**
     * @param capacity slots it holds at least
     * @param timed whether every slot keeps a time of its own, for a series without a time grid
     */
    public SampleRing(int channels, int capacity, boolean timed) {
        int slots = Ring.slots(capacity);
        this.channels = channels;
        this.values = new float[slots * channels];
        this.filled = new boolean[slots];
        this.timesMs = new long[timed ? slots : 0];
        this.mask = slots - 1;
    }

    /** Whether the slots from {@link #from()} to {@code to} fit without {@link #room}. */
    public boolean fits(long to) {
        return to - from <= mask + 1;
    }

    /** Makes the ring hold exactly the slots {@code [from, to)}; what it held of them stays, the others are empty. */
    public void room(long from, long to) {
        if (to - from > mask + 1) {
            int slots = Ring.slots(to - from + 1);
            long keptFrom = Math.max(from, this.from);
            long keptTo = Math.min(to, this.to);
            values = Ring.moved(values, channels, slots, keptFrom, keptTo);
            boolean[] newFilled = new boolean[slots];
            long[] newTimesMs = new long[timesMs.length == 0 ? 0 : slots];
            for (long slot = keptFrom; slot < keptTo; slot++) {
                newFilled[(int) (slot & (slots - 1))] = filled(slot);
                if (newTimesMs.length > 0) {
                    newTimesMs[(int) (slot & (slots - 1))] = timeMs(slot);
                }
            }
            filled = newFilled;
            timesMs = newTimesMs;
            mask = slots - 1;
        }
        empty(from, Math.min(to, this.from));
        empty(Math.max(from, this.to), to);
        this.from = from;
        this.to = to;
    }

    /** Appends empty slots up to {@code to}, which {@link #fits}. */
    public void extend(long to) {
        empty(this.to, to);
        this.to = to;
    }

    private void empty(long from, long to) {
        for (long slot = from; slot < to; slot++) {
            int index = (int) (slot & mask);
            filled[index] = false;
            for (int c = 0; c < channels; c++) {
                values[c * (mask + 1) + index] = Float.NaN;
            }
        }
    }

    /** Appends sample {@code time} of {@code block} in the slot {@link #to()}, which fits. */
    public void append(Block block, int time) {
        put(to++, block, time);
    }

    /** Puts sample {@code time} of {@code block} into {@code slot}, which lies in the ring. */
    public void put(long slot, Block block, int time) {
        int index = (int) (slot & mask);
        filled[index] = true;
        for (int c = 0; c < channels; c++) {
            values[c * (mask + 1) + index] = block.value(time, c);
        }
        if (timesMs.length > 0) {
            timesMs[index] = block.timestampMs();
        }
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }

    public boolean filled(long slot) {
        return filled[(int) (slot & mask)];
    }

    /** NaN if missing or empty. */
    public float value(long slot, int channel) {
        return values[channel * (mask + 1) + (int) (slot & mask)];
    }

    /** Time of the record that filled {@code slot}; only if the ring is timed. */
    public long timeMs(long slot) {
        return timesMs[(int) (slot & mask)];
    }

    /** Number of filled slots in {@code [from, to)}. */
    public int countFilled(long from, long to) {
        int count = 0;
        for (long slot = from; slot < to; slot++) {
            count += filled(slot) ? 1 : 0;
        }
        return count;
    }

    /**
     * Copies the window that starts at {@code start} out, {@code [channel][time]}: {@code x} gets the value or 0,
     * {@code observed} gets 1 or 0. Slots from {@link #to()} on count as missing, and so does a value that is not finite.
     *
     * @return number of observed values
     */
    public int window(long start, int length, float[] x, float[] observed) {
        int valid = (int) Math.max(0, Math.min(length, to - start));
        int count = 0;
        for (int c = 0; c < channels; c++) {
            int row = c * length;
            Ring.copy(values, c * (mask + 1), mask, start, x, row, valid);
            Arrays.fill(x, row + valid, row + length, Float.NaN);
            count += observe(x, observed, row, row + length);
        }
        return count;
    }

    private static int observe(float[] x, float[] observed, int from, int to) {
        int missing = Ring.countNotFinite(x, from, to);
        Arrays.fill(observed, from, to, 1f);
        if (missing > 0) {
            for (int i = from; i < to; i++) {
                if (!Float.isFinite(x[i])) {
                    x[i] = 0f;
                    observed[i] = 0f;
                }
            }
        }
        return to - from - missing;
    }
}
