package dev.limpid.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows of a CSV file on their way: their lines, and the cells that replace others in them. Confined to one thread. */
final class CsvBlock {
    private final List<Row> rows = new ArrayList<>();
    private final long firstRow;
    private int unanswered;

    /** @param firstRow the number of its first row, from 0 */
    CsvBlock(long firstRow, int lanes) {
        this.firstRow = firstRow;
        this.unanswered = lanes;
    }

    /** Adds a row with the places of its cells in ascending order; it takes the arrays. */
    void add(byte[] line, int[] from, int[] to) {
        rows.add(new Row(line, from, to));
    }

    int size() {
        return rows.size();
    }

    long firstRow() {
        return firstRow;
    }

    void replace(int row, int cell, String text) {
        rows.get(row).replacements[cell] = text;
    }

    /** One lane of the block has its answer. */
    void answered() {
        unanswered--;
    }

    boolean complete() {
        return unanswered == 0;
    }

    void write(OutputStream out) throws IOException {
        for (Row row : rows) {
            int copied = 0;
            for (int cell = 0; cell < row.from.length; cell++) {
                String text = row.replacements[cell];
                if (text != null) {
                    out.write(row.line, copied, row.from[cell] - copied);
                    out.write(text.getBytes(StandardCharsets.US_ASCII));
                    copied = row.to[cell];
                }
            }
            out.write(row.line, copied, row.line.length - copied);
            out.write('\n');
        }
    }

    /** A row, and where each cell that may be replaced begins and ends, ascending. */
    private static final class Row {
        final byte[] line;
        final int[] from;
        final int[] to;
        final @Nullable String[] replacements;

        Row(byte[] line, int[] from, int[] to) {
            this.line = line;
            this.from = from;
            this.to = to;
            this.replacements = new String[from.length];
        }
    }
}
