package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One CSV line per value: one sample. Columns are known by place; an empty cell, {@code NaN} or {@code null} is missing. */
final class CsvDecoder implements Decoder {
    private final List<String> columns;
    /** Column of each channel. */
    private final int[] channelColumns;
    /** -1: the record's own time. */
    private final int timestampColumn;
    /** -1: the series is not in a column. */
    private final int seriesColumn;

    private final CsvCells cells = new CsvCells();
    private @Nullable String seriesField;

    CsvDecoder(Definition.Input input, @Nullable String seriesField) {
        this.columns = columns(input);
        this.channelColumns = channelColumns(input);
        this.timestampColumn = input.timestampField().map(columns::indexOf).orElse(-1);
        this.seriesColumn = seriesField == null ? -1 : columns.indexOf(seriesField);
    }

    static List<String> columns(Definition.Input input) {
        return input.csvColumns().isEmpty() ? input.channels() : input.csvColumns();
    }

    static int[] channelColumns(Definition.Input input) {
        return input.channels().stream().mapToInt(columns(input)::indexOf).toArray();
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        seriesField = null;
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        String problem = cells.split(value);
        if (problem != null) {
            return problem;
        }
        if (cells.count() != columns.size()) {
            return "shape: " + cells.count() + " columns, wanted " + columns.size() + " (" + String.join(",", columns)
                    + ")";
        }
        long timestampMs = recordTimestampMs;
        if (timestampColumn >= 0) {
            String text = cells.text(value, timestampColumn);
            Long parsed = Numbers.timestamp(text);
            if (parsed == null) {
                return "type: column '" + columns.get(timestampColumn) + "' is '" + Numbers.clip(text)
                        + "', wanted milliseconds since the epoch";
            }
            timestampMs = parsed;
        }
        problem = Decoders.timestampProblem(timestampMs);
        if (problem == null) {
            into.timestamp(timestampMs);
            problem = channels(value, into);
        }
        if (problem != null) {
            into.clear();
        } else if (seriesColumn >= 0) {
            String text = cells.text(value, seriesColumn);
            seriesField = text.isEmpty() ? null : text;
        }
        return problem;
    }

    private @Nullable String channels(byte[] line, Block into) {
        for (int column : channelColumns) {
            String text = cells.text(line, column);
            if (CsvCells.isMissing(text)) {
                into.add(Float.NaN);
                continue;
            }
            float sample = Numbers.parse(text);
            if (Float.isNaN(sample)) {
                return "type: column '" + columns.get(column) + "' is '" + Numbers.clip(text) + "', wanted a number";
            }
            if (Float.isInfinite(sample)) {
                return "range: column '" + columns.get(column) + "' is " + Numbers.clip(text)
                        + ", more than a float32 holds";
            }
            into.add(sample);
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return seriesField;
    }
}
