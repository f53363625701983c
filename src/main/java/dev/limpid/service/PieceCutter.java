package dev.limpid.service;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts one series into pieces of equal length. A piece never spans a break; short holes are closed by a straight line, for a feed that
 * loses one sample in a thousand would else have no piece at all. A piece in which a channel never moves is dropped: a dead sensor
 * teaches nothing. Confined to one thread.
 */
final class PieceCutter {
    /** Longest hole that is closed, in samples. */
    static final int MOST_HOLE = 8;
    /** Share of a piece that may be closed holes. */
    static final double MOST_CLOSED = 0.02;

    private final int length;
    private final long gapMaxMs;
    private final Consumer<List<float[]>> to;
    private float[][] values;
    /** {@code [channel]}: place of the last sample that was there; -1: none in this piece. */
    private final int[] seen;

    private int size;
    private int closed;
    private long lastMs;
    private boolean begun;

    /**
     * @param length samples per piece
     * @param gapMaxMs a longer step in time, either way, is a break
     */
    PieceCutter(int channels, int length, long gapMaxMs, Consumer<List<float[]>> to) {
        this.length = length;
        this.gapMaxMs = gapMaxMs;
        this.to = to;
        this.values = new float[channels][length];
        this.seen = new int[channels];
        reset();
    }

    /** The next stretch of the series, raw, on its grid. */
    void add(CleanedBlock block) {
        for (int i = 0; i < block.length(); i++) {
            Quality quality = block.quality(i);
            if (quality != Quality.LATE && quality != Quality.DUPLICATE) {
                long ms = block.timestampMs(i);
                if (begun && Math.abs(ms - lastMs) > gapMaxMs) {
                    reset();
                }
                begun = true;
                lastMs = ms;
                add(block, i);
            }
        }
    }

    private void add(CleanedBlock block, int i) {
        int at = size++;
        for (int channel = 0; channel < seen.length; channel++) {
            float value = block.raw(i, channel);
            if (!Float.isNaN(value)) {
                if (seen[channel] < at - 1) {
                    close(channel, at, value);
                }
                values[channel][at] = value;
                seen[channel] = at;
            } else if (at - seen[channel] > MOST_HOLE || at == 0) {
                reset();
                return;
            }
        }
        if (closed > MOST_CLOSED * length * seen.length) {
            reset();
        } else if (size == length) {
            complete();
        }
    }

    private void close(int channel, int at, float value) {
        int from = seen[channel];
        float[] line = values[channel];
        closed += at - from - 1;
        for (int k = from + 1; k < at; k++) {
            line[k] = line[from] + (value - line[from]) * (k - from) / (at - from);
        }
    }

    private void complete() {
        boolean moves = true;
        for (int channel = 0; channel < seen.length; channel++) {
            float[] line = values[channel];
            Arrays.fill(line, seen[channel] + 1, length, line[seen[channel]]);
            boolean any = false;
            for (float value : line) {
                any |= value != line[0];
            }
            moves &= any;
        }
        if (moves) {
            float[][] done = values;
            values = new float[seen.length][length];
            to.accept(new ArrayList<>(Arrays.asList(done)));
        }
        reset();
    }

    private void reset() {
        size = 0;
        closed = 0;
        Arrays.fill(seen, -1);
    }
}
