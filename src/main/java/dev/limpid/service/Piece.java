package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.signal.SeriesKey;
import dev.limpid.train.Recording;
import java.util.List;

/**
 * Consecutive samples of one series, without a break.
 *
 * @param range the offsets that were read when it was found
 * @param number its place among the pieces of the series
 * @param values one {@code float[]} per channel, all of one length, physical units, finite; read only
 */
record Piece(OffsetRange range, SeriesKey series, long number, List<float[]> values) {
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
}
