package dev.limpid.cli;

import java.util.List;

/**
 * A stretch of time that is left out.
 *
 * @param series whose it is; empty: all
 * @param startMs since the epoch, or since the first row of a file without timestamps
 * @param endMs inclusive
 */
record Span(String series, long startMs, long endMs) {
    /** Whether it counts for a column of a file: a series of another column's name does not. */
    boolean concerns(String column, List<String> columns) {
        return series.equals(column) || !columns.contains(series);
    }

    boolean holds(long timeMs) {
        return timeMs >= startMs && timeMs <= endMs;
    }
}
