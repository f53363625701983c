package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.signal.SeriesKey;
import dev.limpid.train.Recording;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive samples of one series, without a break; here and there a few may be missing.
 *
 * @param range the offsets that were read when it was found
 * @param number its place among the pieces of the series
 * @param values one {@code float[]} per channel, all of one length, physical units, NaN where missing; the first of each is there; read
 *     only
 */
record Piece(OffsetRange range, SeriesKey series, long number, List<float[]> values) implements FairSample.Item {
    Piece {
        values = List.copyOf(values);
    }

    int length() {
        return values.get(0).length;
    }

    /** As the trainer takes it; partition and offsets are its provenance. */
    Recording recording() {
        return new Recording(range.place() + "/" + series + "#" + number, range.text(), values);
    }

    /** The same with what is missing on a straight line between its neighbours, or at the end as the last before. */
    Piece closed() {
        return new Piece(
                range, series, number, values.stream().map(Piece::closed).toList());
    }

    private static float[] closed(float[] values) {
        float[] closed = values.clone();
        int last = 0;
        for (int i = 1; i < closed.length; i++) {
            if (!Float.isNaN(closed[i])) {
                for (int k = last + 1; k < i; k++) {
                    closed[k] = closed[last] + (closed[i] - closed[last]) * (k - last) / (i - last);
                }
                last = i;
            }
        }
        Arrays.fill(closed, last + 1, closed.length, closed[last]);
        return closed;
    }
}
