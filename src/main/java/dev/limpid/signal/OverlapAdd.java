package dev.limpid.signal;

import java.util.Arrays;

/**
 * Merges overlapping reconstructions of a series: per slot the weighted mean over the windows added so far, or the values of the
 * weightiest of them, {@code [channel][slot]}, in a ring over the slots {@code [from, to)}. Confined to one thread.
 *
 * <p>The mean is kept as such and moved by each window, {@code mean += (value − mean)·weight/total}, instead of dividing a
 * sum at the end: windows that agree give exactly their common value, whatever the weights. Values must stay within
 * ±{@value #LARGEST}, so that no difference overflows.
 */
public final class OverlapAdd {
    /** Greatest magnitude of a value that can be added. */
    public static final float LARGEST = 1e38f;

    /** What a value within the bound by far can be multiplied with. */
    private static final float SURELY = 1e30f;

    private static final int LARGEST_BITS = Float.floatToRawIntBits(LARGEST);

    private final int channels;
    private float[] mean;
    private float[] total;
    private boolean[] failed;
    private int mask;
    private long from;
    private long to;
    /** Slots from here on have no window yet. */
    private long addedTo;
    /** From here on no mean is NaN because no window gave it a value. */
    private long holesTo = Long.MIN_VALUE;

    /** @param capacity slots it holds at least */
    public OverlapAdd(int channels, int capacity) {
        int slots = Ring.slots(capacity);
        this.channels = channels;
        this.mean = new float[slots * channels];
        this.total = new float[slots];
        this.failed = new boolean[slots];
        this.mask = slots - 1;
    }

    /**
     * Whether {@code values} can be added: all finite and within ±{@link #LARGEST}.
     *
     * @param scratch another array of that length, overwritten
     */
    public static boolean addable(float[] values, float[] scratch) {
        if (Ring.finite(values, 0, values.length, SURELY, scratch)) {
            return true;
        }
        int beyond = 0;
        for (float value : values) {
            // as bits without the sign, greater floats are greater numbers, and infinity and NaN greater still
            beyond += (LARGEST_BITS - (Float.floatToRawIntBits(value) & 0x7fffffff)) >>> 31;
        }
        return beyond == 0;
    }

    /** Whether the slots from the first one held to {@code to} fit without {@link #room}. */
    public boolean fits(long to) {
        return to - from <= mask + 1;
    }

    /** Makes the ring hold exactly the slots {@code [from, to)}; what it held of them stays, the others have no window. */
    public void room(long from, long to) {
        if (to - from > mask + 1) {
            int slots = Ring.slots(to - from + 1);
            long keptFrom = Math.max(from, this.from);
            long keptTo = Math.min(to, this.to);
            boolean[] newFailed = new boolean[slots];
            for (long slot = keptFrom; slot < keptTo; slot++) {
                newFailed[(int) (slot & (slots - 1))] = failed(slot);
            }
            mean = Ring.moved(mean, channels, slots, keptFrom, keptTo);
            total = Ring.moved(total, 1, slots, keptFrom, keptTo);
            failed = newFailed;
            mask = slots - 1;
        }
        empty(from, Math.min(to, this.from));
        empty(Math.max(from, this.to), to);
        this.from = from;
        this.to = to;
    }

    /** Appends slots without a window up to {@code to}, which {@link #fits}. */
    public void extend(long to) {
        empty(this.to, to);
        this.to = Math.max(this.to, to);
    }

    private void empty(long from, long to) {
        for (long slot = from; slot < to; slot = runEnd(slot, to)) {
            int index = (int) (slot & mask);
            int end = index + (int) (runEnd(slot, to) - slot);
            Arrays.fill(total, index, end, 0f);
            Arrays.fill(failed, index, end, false);
            for (int c = 0; c < channels; c++) {
                int plane = c * (mask + 1);
                Arrays.fill(mean, plane + index, plane + end, 0f);
            }
        }
    }

    /** End of the stretch from {@code slot} to {@code to} that lies in one piece in the ring. */
    private long runEnd(long slot, long to) {
        return Math.min(to, (slot | mask) + 1);
    }

    /**
     * Adds the slots {@code [addFrom, addTo)} of the window that starts at {@code start}; the ring holds them.
     *
     * @param window {@code [channel][time]}, {@link #addable}
     * @param weights one per time, positive
     */
    public void add(long start, float[] window, float[] weights, long addFrom, long addTo) {
        long fresh = Math.min(addTo, Math.max(addFrom, addedTo));
        merge(start, window, weights, addFrom, fresh);
        set(start, window, weights, fresh, addTo);
        addedTo = Math.max(addedTo, addTo);
    }

    /** The first window over these slots: their mean is its value. */
    private void set(long start, float[] window, float[] weights, long addFrom, long addTo) {
        for (long slot = addFrom; slot < addTo; slot = runEnd(slot, addTo)) {
            int index = (int) (slot & mask);
            int time = (int) (slot - start);
            int count = (int) (runEnd(slot, addTo) - slot);
            System.arraycopy(weights, time, total, index, count);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(window, c * weights.length + time, mean, c * (mask + 1) + index, count);
            }
        }
    }

    /**
     * Adds a window that knows nothing of some channels: where no other does either, their mean is NaN.
     *
     * @param window as {@link #add} takes it, but NaN throughout these channels
     */
    public void addKnown(long start, float[] window, float[] weights, long addFrom, long addTo) {
        holesTo = Math.max(holesTo, addTo);
        add(start, window, weights, addFrom, addTo);
    }

    private void merge(long start, float[] window, float[] weights, long addFrom, long addTo) {
        if (addFrom < holesTo) {
            mergeKnown(start, window, weights, addFrom, addTo);
            return;
        }
        for (long slot = addFrom; slot < addTo; slot = runEnd(slot, addTo)) {
            int index = (int) (slot & mask);
            int time = (int) (slot - start);
            int count = (int) (runEnd(slot, addTo) - slot);
            for (int i = 0; i < count; i++) {
                total[index + i] += weights[time + i];
            }
            for (int c = 0; c < channels; c++) {
                int plane = c * (mask + 1) + index;
                int row = c * weights.length + time;
                for (int i = 0; i < count; i++) {
                    // over an empty slot the mean is 0 and the quotient 1, which gives the value itself
                    float old = mean[plane + i];
                    mean[plane + i] = old + (window[row + i] - old) * (weights[time + i] / total[index + i]);
                }
            }
        }
    }

    /** As {@link #merge}, but what is NaN, of the window or so far, does not count; weights are those of all windows, known or not. */
    private void mergeKnown(long start, float[] window, float[] weights, long addFrom, long addTo) {
        for (long slot = addFrom; slot < addTo; slot++) {
            int index = (int) (slot & mask);
            int time = (int) (slot - start);
            boolean first = total[index] == 0f;
            total[index] += weights[time];
            for (int c = 0; c < channels; c++) {
                int at = c * (mask + 1) + index;
                float value = window[c * weights.length + time];
                float old = mean[at];
                if (first || Float.isNaN(old)) {
                    mean[at] = value;
                } else if (!Float.isNaN(value)) {
                    mean[at] = old + (value - old) * (weights[time] / total[index]);
                }
            }
        }
    }

    /**
     * Of several windows over a slot, the one of the greatest weight gives it its values; of equals, the first. Not to be mixed with
     * {@link #add}.
     *
     * @param window {@code [channel][time]}
     * @param weights one per time, positive
     */
    public void choose(long start, float[] window, float[] weights, long from, long to) {
        for (long slot = from; slot < to; slot++) {
            int index = (int) (slot & mask);
            int time = (int) (slot - start);
            if (weights[time] > total[index]) {
                total[index] = weights[time];
                for (int c = 0; c < channels; c++) {
                    mean[c * (mask + 1) + index] = window[c * weights.length + time];
                }
            }
        }
    }

    /** Notes that a window over the slots {@code [failFrom, failTo)} gave nothing because the model failed. */
    public void fail(long failFrom, long failTo) {
        for (long slot = failFrom; slot < failTo; slot++) {
            failed[(int) (slot & mask)] = true;
        }
    }

    /** First slot held. */
    public long from() {
        return from;
    }

    /** Whether any window gave {@code slot} a value. */
    public boolean covered(long slot) {
        return total[(int) (slot & mask)] > 0f;
    }

    /** Whether a window that holds {@code slot} failed. */
    public boolean failed(long slot) {
        return failed[(int) (slot & mask)];
    }

    /** Whether every slot of {@code [from, to)} got a value by a window. */
    public boolean covered(long from, long to) {
        int empty = 0;
        for (long slot = from; slot < to; slot = runEnd(slot, to)) {
            int index = (int) (slot & mask);
            int end = index + (int) (runEnd(slot, to) - slot);
            for (int i = index; i < end; i++) {
                // a sum of weights is positive or zero
                empty += (Float.floatToRawIntBits(total[i]) - 1) >>> 31;
            }
        }
        return empty == 0;
    }

    /** Copies the weighted means of the slots {@code [from, to)} out, {@code [time][channel]}. */
    public void copy(long from, long to, float[] target) {
        Ring.interleave(mean, channels, from, to, target);
    }

    /** The weighted mean, or what was chosen; 0 if the slot is not {@link #covered}, NaN if none of its windows knows the channel. */
    public float mean(long slot, int channel) {
        return mean[channel * (mask + 1) + (int) (slot & mask)];
    }
}
