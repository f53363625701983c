package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cells of one CSV line (RFC 4180 with commas; white space around a cell is left out). One per thread.
 *
 * <p>Cell {@code i} is the bytes {@code [start(i), end(i))} of the line, quotes included.
 */
public final class CsvCells {
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int count;

    /** Splits a line, with or without its line end; null if that went well, else the reason. */
    public @Nullable String split(byte[] line) {
        count = 0;
        int end = line.length;
        if (end > 0 && line[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        int at = 0;
        while (true) {
            while (at < end && isBlank(line[at])) {
                at++;
            }
            int start = at;
            if (at < end && line[at] == '"') {
                at = closingQuote(line, at + 1, end);
                if (at < 0) {
                    return "syntax: a quote is not closed";
                }
                push(start, ++at);
                while (at < end && isBlank(line[at])) {
                    at++;
                }
            } else {
                while (at < end && line[at] != ',' && line[at] != '\n' && line[at] != '"') {
                    at++;
                }
                int last = at;
                while (last > start && isBlank(line[last - 1])) {
                    last--;
                }
                push(start, last);
            }
            if (at == end) {
                return null;
            }
            if (line[at] == '\n') {
                return "shape: more than one line";
            }
            if (line[at] != ',') {
                return "syntax: a quote inside of cell " + count;
            }
            at++;
        }
    }

    public int count() {
        return count;
    }

    public int start(int cell) {
        return starts[cell];
    }

    public int end(int cell) {
        return ends[cell];
    }

    /** The cell's text, without quotes. */
    public String text(byte[] line, int cell) {
        int start = starts[cell];
        int end = ends[cell];
        if (end - start >= 2 && line[start] == '"') {
            return new String(line, start + 1, end - start - 2, StandardCharsets.UTF_8).replace("\"\"", "\"");
        }
        return new String(line, start, end - start, StandardCharsets.UTF_8);
    }

    /** Whether the cell stands for a missing value: empty, {@code NaN} or {@code null} in any case. */
    public static boolean isMissing(String text) {
        return switch (text.length()) {
            case 0 -> true;
            case 3 -> text.equalsIgnoreCase("nan");
            case 4 -> text.toLowerCase(Locale.ROOT).equals("null");
            default -> false;
        };
    }

    private static int closingQuote(byte[] line, int from, int end) {
        for (int at = from; at < end; at++) {
            if (line[at] == '"') {
                if (at + 1 < end && line[at + 1] == '"') {
                    at++;
                } else {
                    return at;
                }
            }
        }
        return -1;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private void push(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }
}
