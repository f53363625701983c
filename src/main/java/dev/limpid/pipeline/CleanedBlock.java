package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cleaned samples on their way out, {@code [time][channel]}. One reused object per pipeline: valid only during the
 * {@link Emitter} call it is handed to.
 */
public final class CleanedBlock {
    private final int channels;
    private int length;
    private float[] clean;
    private float[] raw;
    private byte[] quality;
    private long[] timestampMs;
    private @Nullable ModelId model;
    private float score = Float.NaN;
    private boolean endedByWallClock;

    CleanedBlock(int channels) {
        this.channels = channels;
        this.clean = new float[channels];
        this.raw = new float[channels];
        this.quality = new byte[1];
        this.timestampMs = new long[1];
    }

    void begin(@Nullable ModelId model, float score, boolean endedByWallClock) {
        this.length = 0;
        this.model = model;
        this.score = score;
        this.endedByWallClock = endedByWallClock;
    }

    /** Appends a sample and gives its index; {@link #set} fills in its channels. */
    int add(long timestampMs, Quality quality) {
        if (length == this.quality.length) {
            int capacity = 2 * length;
            this.quality = Arrays.copyOf(this.quality, capacity);
            this.timestampMs = Arrays.copyOf(this.timestampMs, capacity);
            this.clean = Arrays.copyOf(clean, capacity * channels);
            this.raw = Arrays.copyOf(raw, capacity * channels);
        }
        this.quality[length] = quality.code();
        this.timestampMs[length] = timestampMs;
        return length++;
    }

    void set(int time, int channel, float raw, float clean) {
        this.raw[time * channels + channel] = raw;
        this.clean[time * channels + channel] = clean;
    }

    public int channels() {
        return channels;
    }

    public int length() {
        return length;
    }

    /** The value to send on: the model's, or the raw one if the sample passes through. */
    public float clean(int time, int channel) {
        return clean[time * channels + channel];
    }

    /** The value as it came; NaN if missing. */
    public float raw(int time, int channel) {
        return raw[time * channels + channel];
    }

    public Quality quality(int time) {
        return Quality.of(quality[time]);
    }

    /** Milliseconds since the epoch, on the series' time grid; the record's own time if there is no grid. */
    public long timestampMs(int time) {
        return timestampMs[time];
    }

    /** The model of the newest contributing window; null if everything passes through. */
    public @Nullable ModelId model() {
        return model;
    }

    /** The score of the newest contributing window; NaN if there is none. */
    public float score() {
        return score;
    }

    /** The segment was ended by the wall clock, so that the last values depend on when that happened. */
    public boolean endedByWallClock() {
        return endedByWallClock;
    }
}
