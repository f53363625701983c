package dev.limpid.pipeline;

import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;

/**
 * Who receives what the pipeline makes. Called on the pipeline's thread, per series in order; arguments that are mutable
 * ({@link CleanedBlock}, {@link FailedWindow}) are valid only during the call.
 *
 * @param <R> the driver's record
 */
public interface Emitter<R> {
    /** {@link Granularity#RECORD}: the answer to one accepted record; {@code block} has as many samples as the record. */
    void record(SeriesKey series, R record, CleanedBlock block);

    /** {@link Granularity#HOP}: the next stretch of the series. */
    void hop(SeriesKey series, CleanedBlock block);

    void score(SeriesKey series, WindowScore score);

    void alert(SeriesKey series, Alert alert);

    /** Whether {@link #detail} is of any use; asked once per window. */
    default boolean wantsDetails() {
        return false;
    }

    /** What else came of a window that the model did, behind its score. */
    default void detail(SeriesKey series, WindowDetail detail) {}

    /** A window that made the model fail, or whose output was not finite; its samples still leave, passed through. */
    void failed(SeriesKey series, FailedWindow window);
}
