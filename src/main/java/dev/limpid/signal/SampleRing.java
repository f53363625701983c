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
            grow(from, to);
        }
        empty(from, Math.min(to, this.from));
        empty(Math.max(from, this.to), to);
        this.from = from;
        this.to = to;
    }

    private void grow(long from, long to) {
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

    /** Lets go of the slots before {@code from}, and makes room for {@code more} samples to be {@link #append}ed. */
    public void keep(long from, int more) {
        if (to + more - from > mask + 1) {
            grow(from, to + more);
        }
        empty(from, Math.min(to, this.from));
        this.from = from;
    }

    /** Appends empty slots up to {@code to}, which {@link #fits}. */
    public void extend(long to) {
        empty(this.to, to);
        this.to = to;
    }

    private void empty(long from, long to) {
        for (long slot = from; slot < to; slot = runEnd(slot, to)) {
            int index = (int) (slot & mask);
            int end = index + (int) (runEnd(slot, to) - slot);
            Arrays.fill(filled, index, end, false);
            for (int c = 0; c < channels; c++) {
                Arrays.fill(values, c * (mask + 1) + index, c * (mask + 1) + end, Float.NaN);
            }
        }
    }

    /** End of the stretch from {@code slot} to {@code to} that lies in one piece in the ring. */
    private long runEnd(long slot, long to) {
        return Math.min(to, (slot | mask) + 1);
    }

    /** Appends {@code count} samples of {@code block}, from {@code time} on, in the slots from {@link #to()}, which fit. */
    public void append(Block block, int time, int count) {
        put(to, block, time, count);
        to += count;
    }

    /** Puts {@code count} samples of {@code block}, from {@code time} on, into the slots from {@code slot} on, which lie in the ring. */
    public void put(long slot, Block block, int time, int count) {
        int index = (int) (slot & mask);
        if (count == 1) {
            filled[index] = true;
            for (int c = 0; c < channels; c++) {
                values[c * (mask + 1) + index] = block.value(time, c);
            }
            if (timesMs.length > 0) {
                timesMs[index] = block.timestampMs();
            }
            return;
        }
        int run = (int) (runEnd(slot, slot + count) - slot);
        Arrays.fill(filled, index, index + run, true);
        for (int c = 0; c < channels; c++) {
            block.channel(c, time, run, values, c * (mask + 1) + index);
        }
        if (timesMs.length > 0) {
            Arrays.fill(timesMs, index, index + run, block.timestampMs());
        }
        if (run < count) {
            put(slot + run, block, time + run, count - run);
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

    /** Whether every value of the slots {@code [from, to)} is there and finite. */
    public boolean complete(long from, long to) {
        for (long slot = from; slot < to; slot = runEnd(slot, to)) {
            int index = (int) (slot & mask);
            int end = index + (int) (runEnd(slot, to) - slot);
            for (int c = 0; c < channels; c++) {
                int base = c * (mask + 1);
                for (int i = base + index; i < base + end; i++) {
                    if (!Float.isFinite(values[i])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Copies the slots {@code [from, to)} out, {@code [time][channel]}. */
    public void copy(long from, long to, float[] target) {
        Ring.interleave(values, channels, from, to, target);
    }

    /**
     * Puts the longest stretch of filled slots from the first filled one in {@code [from, to)} on into {@code into}; if slots have
     * times of their own, it is of one time.
     *
     * @return its first slot; {@code to} if no slot is filled
     */
    public long stretch(long from, long to, Block into) {
        long first = from;
        while (first < to && !filled(first)) {
            first++;
        }
        boolean timed = timesMs.length > 0;
        into.begin(timed && first < to ? timeMs(first) : 0);
        long end = first;
        while (end < to && filled(end) && (!timed || timeMs(end) == timeMs(first))) {
            end++;
        }
        float[] stretch = new float[(int) (end - first) * channels];
        copy(first, end, stretch);
        into.add(stretch, stretch.length);
        return first;
    }

    /**
     * Copies the window that starts at {@code start} out, {@code [channel][time]}: {@code x} gets the value or 0. Slots from
     * {@link #to()} on count as missing, and so does a value that is not finite.
     *
     * @param observed gets 1 or 0; of no meaning if all are observed
     * @return number of observed values
     */
    public int window(long start, int length, float[] x, float[] observed) {
        int valid = (int) Math.max(0, Math.min(length, to - start));
        for (int c = 0; c < channels; c++) {
            int row = c * length;
            Ring.copy(values, c * (mask + 1), mask, start, x, row, valid);
            Arrays.fill(x, row + valid, row + length, Float.NaN);
        }
        if (Ring.finite(x, 0, x.length, 1f, observed)) {
            return x.length;
        }
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            boolean finite = Float.isFinite(x[i]);
            x[i] = finite ? x[i] : 0f;
            observed[i] = finite ? 1f : 0f;
            count += finite ? 1 : 0;
        }
        return count;
    }
}
