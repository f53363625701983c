package dev.limpid.cli;

import dev.limpid.codec.CsvCells;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file with a header, one line each, read as they are asked for. Confined to one thread. */
final class CsvInput {
    private final InputStream in;
    private final List<String> header;
    private final CsvCells cells = new CsvCells();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long row;
    /** Empty lines read but not handed out: at the end of the file they are no rows. */
    private int empty;

    private byte @Nullable [] ahead;

    /** @param in closed by the caller */
    CsvInput(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        byte[] first = readLine();
        if (first == null) {
            throw new IllegalArgumentException("the file is empty; wanted a header");
        }
        if (first.length >= 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF) {
            first = Arrays.copyOfRange(first, 3, first.length);
        }
        this.header = names(first);
    }

    private List<String> names(byte[] line) {
        split(line);
        List<String> names = new ArrayList<>();
        for (int cell = 0; cell < cells.count(); cell++) {
            names.add(cells.text(line, cell));
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw refusal("a column name stands twice: " + names);
        }
        return names;
    }

    List<String> header() {
        return header;
    }

    /** The next row's line; null at the end. {@link #cells()} are its cells. */
    byte @Nullable [] next() throws IOException {
        byte[] next;
        if (empty > 0) {
            empty--;
            next = new byte[0];
        } else if (ahead != null) {
            next = ahead;
            ahead = null;
        } else {
            next = readLine();
            while (next != null && next.length == 0) {
                empty++;
                next = readLine();
            }
            if (empty > 0) {
                ahead = next;
                if (next == null) {
                    empty = 0;
                    return null;
                }
                return next();
            }
        }
        if (next == null) {
            return null;
        }
        row++;
        split(next);
        if (cells.count() != header.size()) {
            throw refusal(cells.count() + " columns, the header has " + header.size());
        }
        return next;
    }

    CsvCells cells() {
        return cells;
    }

    /** A refusal that names the row. */
    IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException((row == 0 ? "header" : "row " + row) + ": " + what);
    }

    private void split(byte[] text) {
        String problem = cells.split(text);
        if (problem != null) {
            throw refusal(problem);
        }
    }

    private byte @Nullable [] readLine() throws IOException {
        line.reset();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    }
}
