package dev.limpid.signal;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The samples of one input record, {@code [time][channel]}, NaN where missing. A decoder refills the same block for every
 * record, so its content is valid only until the next record; confined to one thread.
 */
public final class Block {
    private final int channels;
    private float[] values;
    private float[] scratch = {};
    private int size;
    private long timestampMs;

    /** @param channels number of channels, 1 to 64 */
    public Block(int channels) {
        this.channels = channels;
        this.values = new float[channels];
    }

    /** Empties the block; {@code timestampMs} is the time of its first sample, in milliseconds since the epoch. */
    public void begin(long timestampMs) {
        this.timestampMs = timestampMs;
        this.size = 0;
    }

    /** Changes the time of the first sample, for a format in which it stands behind the samples. */
    public void timestamp(long timestampMs) {
        this.timestampMs = timestampMs;
    }

    /** Appends the next value; the channels of a sample are interleaved. */
    public void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        values[size++] = value;
    }

    /** Appends {@code count} values, the channels of a sample interleaved. */
    public void add(float[] from, int count) {
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, size + count));
        }
        System.arraycopy(from, 0, values, size, count);
        size += count;
    }

    /** Appends {@code count} values from the beginning of {@code from}, the channels of a sample interleaved. */
    public void add(FloatBuffer from, int count) {
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, size + count));
        }
        from.get(0, values, size, count);
        size += count;
    }

    /** Index of the first infinite value; -1 if there is none. */
    public int infinite() {
        if (scratch.length < size) {
            scratch = new float[values.length];
        }
        if (Ring.finite(values, 0, size, 1f, scratch)) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if (Float.isInfinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Replaces a value of a sample that is already there, for a format that names its channels. */
    public void set(int time, int channel, float value) {
        values[time * channels + channel] = value;
    }

    /** Takes back all values. */
    public void clear() {
        size = 0;
    }

    public int channels() {
        return channels;
    }

    /** Number of whole samples. */
    public int length() {
        return size / channels;
    }

    /** Number of values; a multiple of {@link #channels()} in a well-formed block. */
    public int size() {
        return size;
    }

    public long timestampMs() {
        return timestampMs;
    }

    public float value(int time, int channel) {
        return values[time * channels + channel];
    }

    /** Copies one channel of the samples {@code [time, time + count)} out. */
    void channel(int channel, int time, int count, float[] to, int at) {
        if (channels == 1) {
            System.arraycopy(values, time, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = values[(time + i) * channels + channel];
        }
    }

    /** Copies the samples {@code [time, time + count)} out, {@code [time][channel]}. */
    public void values(int time, int count, FloatBuffer to) {
        to.put(values, time * channels, count * channels);
    }
}
