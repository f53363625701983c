package dev.limpid.train.corruption;

import java.util.Arrays;

/**
 * One window while it is spoilt, {@code [channel][time]}: reused for every window and confined to one thread.
 *
 * <p>A frame is a window whose samples are pixels, row by row: {@code columns} is then the length of a row. For a signal it is
 * the whole window, and the rows are its channels.
 */
public final class SpoiltWindow {
    final int channels;
    final int length;
    final int columns;

    /** What the window has become; what stands where {@link #observed} is 0 means nothing. */
    final float[] x;

    /** 1 observed, 0 missing. */
    final float[] observed;

    final NoiseSources noise;
    private final double[] level;

    public SpoiltWindow(int channels, int length, int columns, NoiseSources noise) {
        this.channels = channels;
        this.length = length;
        this.columns = columns;
        this.noise = noise;
        this.x = new float[channels * length];
        this.observed = new float[channels * length];
        this.level = new double[channels];
    }

    /**
     * Takes a window over.
     *
     * @param values and {@code seen} from {@code at} on
     * @param levels root mean square of the clean recording, per channel
     */
    public void load(float[] values, float[] seen, int at, float[] levels) {
        System.arraycopy(values, at, x, 0, x.length);
        System.arraycopy(seen, at, observed, 0, observed.length);
        for (int channel = 0; channel < channels; channel++) {
            level[channel] = levels[channel];
        }
    }

    /** Gives the window back to where {@link #load} took it from. */
    public void store(float[] values, float[] seen, int at) {
        System.arraycopy(x, 0, values, at, x.length);
        System.arraycopy(observed, 0, seen, at, observed.length);
    }

    /** Root mean square of the clean recording's channel. */
    double level(int channel) {
        return level[channel];
    }

    int at(int channel) {
        return channel * length;
    }

    boolean frame() {
        return columns < length;
    }

    /** A stretch of one channel becomes {@code value}. */
    void fill(int channel, int from, int count, float value) {
        Arrays.fill(x, at(channel) + from, at(channel) + from + count, value);
    }
}
