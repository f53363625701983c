package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens in the cells of a CSV line: all of them, or the one in the token's column. */
final class CellPlaces implements TokenPlaces {
    private final List<String> columns;
    private final int column;
    private final CsvCells cells = new CsvCells();

    /** @param columns all of them in order; empty: every cell is a token */
    CellPlaces(List<String> columns, String channel) {
        this.columns = columns;
        this.column = columns.indexOf(channel);
    }

    @Override
    public @Nullable String find(byte[] value) {
        String problem = cells.split(value);
        if (problem == null && column >= 0 && cells.count() != columns.size()) {
            return "shape: " + cells.count() + " columns, wanted " + columns.size() + " (" + String.join(",", columns)
                    + ")";
        }
        return problem;
    }

    /** The text of any column; the value is the one found last. */
    String cell(byte[] value, int cell) {
        return cells.text(value, cell);
    }

    @Override
    public int count() {
        return column < 0 ? cells.count() : 1;
    }

    private int cellOf(int token) {
        return column < 0 ? token : column;
    }

    @Override
    public int from(int token) {
        return cells.start(cellOf(token));
    }

    @Override
    public int to(int token) {
        return cells.end(cellOf(token));
    }

    @Override
    public String text(byte[] value, int token) {
        return cells.text(value, cellOf(token));
    }

    @Override
    public byte[] written(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character < ' ')
                && text.strip().equals(text);
        String cell = plain && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
        return cell.getBytes(StandardCharsets.UTF_8);
    }
}
