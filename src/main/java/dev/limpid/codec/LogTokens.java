package dev.limpid.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A log line as the tokens that {@link Drain} compares: parted at white space, and every piece of a token that holds a digit, a number, an
 * id, an address, a path with one, replaced by {@link #VARIABLE}. Pieces are parted by {@code = , ; ( ) [ ] { } < > " ' |} and by a colon.
 *
 * <p>An example: {@code Receiving block blk_-160 src: /10.250.19.102:54106} becomes {@code Receiving block <*> src: <*>:<*>}, which is told
 * on as {@code <*>}: neighbouring variables are one.
 */
final class LogTokens {
    static final String VARIABLE = "<*>";

    /** More tokens than that are cut off: a line is no document. */
    static final int MOST = 256;

    private LogTokens() {}

    static String[] of(CharSequence line) {
        List<String> tokens = new ArrayList<>(24);
        int length = line.length();
        int at = 0;
        while (at < length && tokens.size() < MOST) {
            while (at < length && blank(line.charAt(at))) {
                at++;
            }
            int end = at;
            boolean digit = false;
            while (end < length && !blank(line.charAt(end))) {
                digit |= digit(line.charAt(end++));
            }
            if (end > at) {
                tokens.add(
                        digit
                                ? masked(line, at, end)
                                : line.subSequence(at, end).toString());
            }
            at = end;
        }
        return tokens.toArray(String[]::new);
    }

    private static String masked(CharSequence line, int from, int to) {
        StringBuilder text = new StringBuilder(to - from + VARIABLE.length());
        int piece = from;
        while (piece < to) {
            int end = piece;
            boolean digit = false;
            while (end < to && !parts(line.charAt(end))) {
                digit |= digit(line.charAt(end++));
            }
            if (digit) {
                variable(text);
            } else {
                text.append(line, piece, end);
            }
            if (end < to) {
                text.append(line.charAt(end));
            }
            piece = end + 1;
        }
        return text.toString();
    }

    /** One for neighbours: an address and its port, a date and its time. */
    private static void variable(StringBuilder text) {
        int before = text.length() - VARIABLE.length() - 1;
        boolean neighbour = before >= 0
                && text.indexOf(VARIABLE, before) == before
                && (text.charAt(text.length() - 1) == ':' || text.charAt(text.length() - 1) == ',');
        if (neighbour) {
            text.setLength(text.length() - 1);
        } else {
            text.append(VARIABLE);
        }
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean parts(char c) {
        return switch (c) {
            case '=', ',', ';', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '|', ':' -> true;
            default -> false;
        };
    }
}
