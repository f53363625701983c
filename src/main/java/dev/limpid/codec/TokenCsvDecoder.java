package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens of a CSV line, and what its other columns say of them. */
final class TokenCsvDecoder implements Decoder {
    private final CellPlaces places;
    private final TokenDecoder tokens;
    private final List<String> columns;
    /** -1: the record's own time. */
    private final int timestampColumn;
    /** -1: the series is not in a column. */
    private final int seriesColumn;

    private @Nullable String seriesField;

    TokenCsvDecoder(Definition.Input input, @Nullable String seriesField, TokenTexts texts) {
        this.columns = input.csvColumns();
        this.places = new CellPlaces(columns, input.channels().get(0));
        this.tokens = new TokenDecoder(places, texts);
        this.timestampColumn = input.timestampField().map(columns::indexOf).orElse(-1);
        this.seriesColumn = seriesField == null ? -1 : columns.indexOf(seriesField);
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        seriesField = null;
        String problem = tokens.decode(value, recordTimestampMs, into);
        if (problem != null || value == null) {
            return problem;
        }
        if (timestampColumn >= 0) {
            String text = places.cell(value, timestampColumn);
            Long timestampMs = Numbers.timestamp(text);
            if (timestampMs == null) {
                problem = "type: column '" + columns.get(timestampColumn) + "' is '" + Numbers.clip(text)
                        + "', wanted milliseconds since the epoch";
            } else {
                into.timestamp(timestampMs);
                problem = Decoders.timestampProblem(timestampMs);
            }
        }
        if (problem != null) {
            into.clear();
        } else if (seriesColumn >= 0) {
            String text = places.cell(value, seriesColumn);
            seriesField = text.isEmpty() ? null : text;
        }
        return problem;
    }

    @Override
    public @Nullable String seriesField() {
        return seriesField;
    }
}
