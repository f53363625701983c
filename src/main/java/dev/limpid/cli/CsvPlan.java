package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.SeriesBy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which columns of a CSV file are what to a pipeline.
 *
 * @param lanes the series that every row has a sample of; exactly one if a column names the series
 * @param timestampColumn -1 if rows lie on the grid of the sample rate
 * @param seriesColumn -1 if no column names the series
 * @param rowsPerBlock rows whose samples go in together: the least number that takes a whole number of milliseconds, so that a
 *     block's time says exactly where it begins; 1 with timestamps
 */
record CsvPlan(List<Lane> lanes, int timestampColumn, int seriesColumn, int rowsPerBlock) {
    private static final String TIMESTAMP = "timestamp";
    private static final int MOST_ROWS = 100_000;

    /**
     * One series.
     *
     * @param columns the column of each channel
     */
    record Lane(String name, List<Integer> columns) {}

    /**
     * Plans.
     *
     * @param eachColumn every column but the timestamp is a series of its own
     * @throws IllegalArgumentException if the file has not what the pipeline needs
     */
    static CsvPlan of(List<String> header, Definition definition, boolean eachColumn) {
        List<String> channels = definition.input().channels();
        String timestampName =
                definition.input().timestampField().filter(header::contains).orElse(TIMESTAMP);
        int timestampColumn = header.indexOf(timestampName);
        boolean byField = definition.series().by() == SeriesBy.FIELD && !eachColumn;
        int seriesColumn = byField ? header.indexOf(definition.series().field().orElse("")) : -1;
        if (byField && seriesColumn < 0) {
            throw new IllegalArgumentException(
                    "no column '" + definition.series().field().orElse("")
                            + "', which names the series (series.by); the header has " + header);
        }
        List<Lane> lanes = new ArrayList<>();
        if (eachColumn) {
            if (channels.size() != 1) {
                throw new IllegalArgumentException("--each-column is for pipelines of one channel; '"
                        + definition.pipeline() + "' has " + channels.size());
            }
            IntStream.range(0, header.size())
                    .filter(column -> column != timestampColumn)
                    .forEach(column -> lanes.add(new Lane(header.get(column), List.of(column))));
        } else {
            List<Integer> columns = channels.stream().map(header::indexOf).toList();
            for (int channel = 0; channel < columns.size(); channel++) {
                if (columns.get(channel) < 0) {
                    throw new IllegalArgumentException(
                            "no column '" + channels.get(channel) + "', a channel of pipeline '"
                                    + definition.pipeline() + "'; the header has " + header
                                    + (channels.size() == 1 ? " (--each-column takes every column as a series)" : ""));
                }
            }
            lanes.add(new Lane(definition.pipeline(), columns));
        }
        double rate = definition.input().sampleRateHz();
        if (byField && timestampColumn < 0 && rate > 0) {
            throw new IllegalArgumentException("no column 'timestamp', which several series in one column need");
        }
        return new CsvPlan(lanes, timestampColumn, seriesColumn, timestampColumn >= 0 ? 1 : rowsPerBlock(rate));
    }

    private static int rowsPerBlock(double rate) {
        for (int rows = 1; rate > 0 && rows <= MOST_ROWS; rows++) {
            double ms = rows * 1_000.0 / rate;
            if (ms >= 1 && Math.abs(ms - Math.rint(ms)) < 1e-9 * ms) {
                return rows;
            }
        }
        if (rate > 400) {
            throw new IllegalArgumentException("at " + rate
                    + " Hz no number of samples takes whole milliseconds; add a column 'timestamp' with milliseconds");
        }
        // half a millisecond is less than a fifth of a sample: rounding finds the right slot
        return 1;
    }
}
