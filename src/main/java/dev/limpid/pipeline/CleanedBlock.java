package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import dev.limpid.signal.OverlapAdd;
import dev.limpid.signal.SampleRing;
import java.nio.FloatBuffer;
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
    /** Probabilities, 0 past its end. */
    private float[] missingBefore = {};

    /** As long as that. */
    private int[] missingCount = {};

    /** What gives the times of the samples from slot {@code gridFrom} on; null if they have times of their own. */
    private @Nullable Segment grid;

    private long gridFrom;

    /** Whether the first sample's time is that of all. */
    private boolean oneTime;

    private int qualities;
    private @Nullable ModelId model;
    private boolean crossFades;
    private float score = Float.NaN;
    private boolean endedByWallClock;

    CleanedBlock(int channels) {
        this.channels = channels;
        this.clean = new float[channels];
        this.raw = new float[channels];
        this.quality = new byte[1];
        this.timestampMs = new long[1];
    }

    /** Begins a block of samples with times of their own. */
    void begin(@Nullable ModelId model, boolean crossFades, float score, boolean endedByWallClock) {
        this.length = 0;
        Arrays.fill(missingBefore, 0f);
        Arrays.fill(missingCount, 0);
        this.qualities = 0;
        this.grid = null;
        this.oneTime = false;
        this.model = model;
        this.crossFades = crossFades;
        this.score = score;
        this.endedByWallClock = endedByWallClock;
    }

    /** The times of the samples to come are those of the slots from {@code slot} on. */
    void grid(Segment segment, long slot) {
        this.grid = segment;
        this.gridFrom = slot;
    }

    /** Appends a sample and gives its index; {@link #set} fills in its channels. */
    int add(long timestampMs, Quality quality) {
        room(1);
        this.quality[length] = quality.code();
        this.qualities |= 1 << quality.code();
        this.timestampMs[length] = timestampMs;
        return length++;
    }

    /** Makes the block one of cleaned samples only: the slots {@code [from, to)}, all of them observed and covered. */
    void cleaned(SampleRing samples, OverlapAdd overlap, long from, long to) {
        int count = (int) (to - from);
        room(count);
        Arrays.fill(quality, 0, count, Quality.CLEANED.code());
        qualities = 1 << Quality.CLEANED.code();
        samples.copy(from, to, raw);
        overlap.copy(from, to, clean);
        length = count;
    }

    /** All samples are of one time. */
    void times(long timestampMs) {
        this.timestampMs[0] = timestampMs;
        this.oneTime = true;
    }

    /** The same with values at hand, {@code [channel][time]}. */
    void cleaned(float[] raw, float[] clean) {
        int count = clean.length / channels;
        room(count);
        Arrays.fill(quality, 0, count, Quality.CLEANED.code());
        qualities = 1 << Quality.CLEANED.code();
        if (channels == 1) {
            System.arraycopy(raw, 0, this.raw, 0, count);
            System.arraycopy(clean, 0, this.clean, 0, count);
        } else {
            for (int c = 0; c < channels; c++) {
                for (int time = 0; time < count; time++) {
                    set(time, c, raw[c * count + time], clean[c * count + time]);
                }
            }
        }
        length = count;
    }

    private void room(int more) {
        if (length + more > quality.length) {
            int capacity = Math.max(2 * quality.length, length + more);
            this.quality = Arrays.copyOf(quality, capacity);
            this.timestampMs = Arrays.copyOf(timestampMs, capacity);
            this.clean = Arrays.copyOf(clean, capacity * channels);
            this.raw = Arrays.copyOf(raw, capacity * channels);
        }
    }

    void set(int time, int channel, float raw, float clean) {
        this.raw[time * channels + channel] = raw;
        this.clean[time * channels + channel] = clean;
    }

    /** See {@link #missingBefore} and {@link #missingCount}. */
    void missing(int time, float probability, int count) {
        if (missingBefore.length <= time) {
            missingBefore = Arrays.copyOf(missingBefore, quality.length);
            missingCount = Arrays.copyOf(missingCount, quality.length);
        }
        missingBefore[time] = probability;
        missingCount[time] = count;
    }

    public int channels() {
        return channels;
    }

    public int length() {
        return length;
    }

    /** The value to send on: the model's, the fallback filter's, or the raw one if the sample passes through. */
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
        return grid == null ? timestampMs[oneTime ? 0 : time] : grid.timeOf(gridFrom + time);
    }

    /** How likely a token is missing before this one, 0 to 1. */
    public float missingBefore(int time) {
        return time < missingBefore.length ? missingBefore[time] : 0f;
    }

    /** How many tokens are missing before this one, if one is; 0 if the model does not say. */
    public int missingCount(int time) {
        return time < missingCount.length ? missingCount[time] : 0;
    }

    /** The {@link Quality#code}s that occur, a bit each. */
    public int qualities() {
        return qualities;
    }

    /** Puts all values to send on into {@code to}, {@code [time][channel]}. */
    public void clean(FloatBuffer to) {
        to.put(clean, 0, length * channels);
    }

    /** The model of the newest contributing window; null if everything passes through. */
    public @Nullable ModelId model() {
        return model;
    }

    /** Whether an older model contributed, too: the model in force changed within a window's length. */
    public boolean crossFades() {
        return crossFades;
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
