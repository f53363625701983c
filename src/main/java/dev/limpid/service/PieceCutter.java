package dev.limpid.service;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Cuts one series into pieces of equal length. A piece never spans a break or what is left out; short holes stay in it as NaN, for a feed that
 * loses one sample in a thousand would else have no piece at all. A piece in which a channel never moves is dropped: a dead sensor
 * teaches nothing. Confined to one thread.
 */
final class PieceCutter {
    /** Longest hole, in samples. */
    static final int MOST_HOLE = 8;
    /** Share of a piece that may be missing. */
    static final double MOST_MISSING = 0.02;

    private final int length;
    private final long gapMaxMs;
    private final LongPredicate leftOut;
    private final Consumer<List<float[]>> to;
    private float[][] values;
    /** {@code [channel]}: place of the last sample that was there; -1: none in this piece. */
    private final int[] seen;

    private int size;
    private int missing;
    private long lastMs;
    private boolean begun;

    /**
     * @param length samples per piece
     * @param gapMaxMs a longer step in time, either way, is a break
     * @param leftOut whether what has that time is left out
     */
    PieceCutter(int channels, int length, long gapMaxMs, LongPredicate leftOut, Consumer<List<float[]>> to) {
        this.length = length;
        this.gapMaxMs = gapMaxMs;
        this.leftOut = leftOut;
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
                if (leftOut.test(ms)) {
                    reset();
                } else {
                    add(block, i);
                }
            }
        }
    }

    private void add(CleanedBlock block, int i) {
        int at = size++;
        for (int channel = 0; channel < seen.length; channel++) {
            float value = block.raw(i, channel);
            values[channel][at] = value;
            if (!Float.isNaN(value)) {
                seen[channel] = at;
            } else if (at - seen[channel] > MOST_HOLE || at == 0) {
                reset();
                return;
            } else {
                missing++;
            }
        }
        if (missing > MOST_MISSING * length * seen.length) {
            reset();
        } else if (size == length) {
            complete();
        }
    }

    private void complete() {
        boolean moves = true;
        for (float[] line : values) {
            boolean any = false;
            for (float value : line) {
                any |= value != line[0] && !Float.isNaN(value);
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
        missing = 0;
        Arrays.fill(seen, -1);
    }
}
