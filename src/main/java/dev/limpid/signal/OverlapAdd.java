package dev.limpid.signal;

/**
 * Merges overlapping reconstructions of a series: per slot the weighted mean over the windows added so far,
 * {@code [slot][channel]}, in a ring over the slots {@code [from, to)}. Confined to one thread.
 *
 * <p>The mean is kept as such and moved by each window, {@code mean += (value − mean)·weight/total}, instead of dividing a
 * sum at the end: windows that agree give exactly their common value, whatever the weights, and no intermediate overflows.
 */
public final class OverlapAdd {
    private final int channels;
    private float[] mean;
    private float[] total;
    private boolean[] failed;
    private int mask;
    private long from;
    private long to;

    /** @param capacity slots it holds at least */
    public OverlapAdd(int channels, int capacity) {
        int slots = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
        this.channels = channels;
        this.mean = new float[slots * channels];
        this.total = new float[slots];
        this.failed = new boolean[slots];
        this.mask = slots - 1;
    }

    /** Whether the slots from the first one held to {@code to} fit without {@link #room}. */
    public boolean fits(long to) {
        return to - from <= mask + 1;
    }

    /** Makes the ring hold exactly the slots {@code [from, to)}; what it held of them stays, the others have no window. */
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

    /** Appends slots without a window up to {@code to}, which {@link #fits}. */
    public void extend(long to) {
        empty(this.to, to);
        this.to = Math.max(this.to, to);
    }

    private void empty(long from, long to) {
        for (long slot = from; slot < to; slot++) {
            total[(int) (slot & mask)] = 0f;
            failed[(int) (slot & mask)] = false;
        }
    }

    private void grow(long from, long to) {
        int slots = Math.toIntExact(Long.highestOneBit(to - from) << 1);
        float[] newMean = new float[Math.multiplyExact(slots, channels)];
        float[] newTotal = new float[slots];
        boolean[] newFailed = new boolean[slots];
        for (long slot = Math.max(from, this.from); slot < Math.min(to, this.to); slot++) {
            int source = (int) (slot & mask);
            int target = (int) (slot & (slots - 1));
            System.arraycopy(mean, source * channels, newMean, target * channels, channels);
            newTotal[target] = total[source];
            newFailed[target] = failed[source];
        }
        mean = newMean;
        total = newTotal;
        failed = newFailed;
        mask = slots - 1;
    }

    /**
     * Adds the slots {@code [addFrom, addTo)} of the window that starts at {@code start}; the ring holds them.
     *
     * @param window {@code [channel][time]}
     * @param weights one per time, positive
     */
    public void add(long start, float[] window, float[] weights, long addFrom, long addTo) {
        int length = weights.length;
        for (int t = (int) (addFrom - start); t < addTo - start; t++) {
            int index = (int) ((start + t) & mask);
            float before = total[index];
            float after = before + weights[t];
            total[index] = after;
            if (before == 0f) {
                for (int c = 0; c < channels; c++) {
                    mean[index * channels + c] = window[c * length + t];
                }
            } else {
                double gain = (double) weights[t] / after;
                for (int c = 0; c < channels; c++) {
                    float old = mean[index * channels + c];
                    mean[index * channels + c] = (float) (old + ((double) window[c * length + t] - old) * gain);
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

    /** The weighted mean; meaningless if the slot is not {@link #covered}. */
    public float mean(long slot, int channel) {
        return mean[(int) (slot & mask) * channels + channel];
    }
}
