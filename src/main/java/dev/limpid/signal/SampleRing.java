package dev.limpid.signal;

import java.util.Arrays;

/**
 * The newest samples of a series by slot, {@code [slot][channel]}: a ring over the slots {@code [from, to)} that grows when
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
        int slots = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
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
            grow(from, to);
        }
        long keptFrom = Math.max(from, this.from);
        long keptTo = Math.min(to, this.to);
        if (keptFrom >= keptTo) {
            empty(from, to);
        } else {
            empty(from, keptFrom);
            empty(keptTo, to);
        }
        this.from = from;
        this.to = to;
    }

    /** Appends empty slots up to {@code to}, which {@link #fits}. */
    public void extend(long to) {
        empty(this.to, to);
        this.to = to;
    }

    private void grow(long from, long to) {
        int slots = Math.toIntExact(Long.highestOneBit(to - from) << 1);
        float[] newValues = new float[Math.multiplyExact(slots, channels)];
        boolean[] newFilled = new boolean[slots];
        long[] newTimesMs = new long[timesMs.length == 0 ? 0 : slots];
        for (long slot = Math.max(from, this.from); slot < Math.min(to, this.to); slot++) {
            int source = (int) (slot & mask);
            int target = (int) (slot & (slots - 1));
            System.arraycopy(values, source * channels, newValues, target * channels, channels);
            newFilled[target] = filled[source];
            if (newTimesMs.length > 0) {
                newTimesMs[target] = timesMs[source];
            }
        }
        values = newValues;
        filled = newFilled;
        timesMs = newTimesMs;
        mask = slots - 1;
    }

    private void empty(long from, long to) {
        for (long slot = from; slot < to; slot++) {
            int index = (int) (slot & mask);
            filled[index] = false;
            Arrays.fill(values, index * channels, (index + 1) * channels, Float.NaN);
        }
    }

    /** Puts sample {@code time} of {@code block} into {@code slot}, which lies in the ring. */
    public void put(long slot, Block block, int time) {
        int index = (int) (slot & mask);
        filled[index] = true;
        for (int c = 0; c < channels; c++) {
            values[index * channels + c] = block.value(time, c);
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
        return values[(int) (slot & mask) * channels + channel];
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
        int count = 0;
        int valid = (int) Math.max(0, Math.min(length, to - start));
        for (int c = 0; c < channels; c++) {
            int row = c * length;
            for (int t = 0; t < valid; t++) {
                float value = values[(int) ((start + t) & mask) * channels + c];
                boolean present = Float.isFinite(value);
                x[row + t] = present ? value : 0f;
                observed[row + t] = present ? 1f : 0f;
                count += present ? 1 : 0;
            }
            Arrays.fill(x, row + valid, row + length, 0f);
            Arrays.fill(observed, row + valid, row + length, 0f);
        }
        return count;
    }
}
