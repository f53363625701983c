package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * A log line as the tokens that {@link Drain} compares: parted at white space, and every piece of a token that holds a digit, a number, an
 * id, an address, a path with one, or stands behind {@code =}, replaced by {@link #VARIABLE}. Pieces are parted by
 * {@code = , ; ( ) [ ] { } < > " ' |} and by a colon. Cut off so that a template of them has {@value Vocabulary#MAX_CHARACTERS} characters at
 * most.
 *
 * <p>An example: {@code Hauling crate crt_-47 off: /10.1.2.3:4711} becomes {@code Hauling crate <*> off: <*>:<*>}, which is told
 * on as {@code <*>}: neighbouring variables are one.
 */
final class LogTokens {
    static final String VARIABLE = "<*>";

    /** More tokens than that are cut off: a line is no document. */
    static final int MOST = 256;
    /** A longer token is variable whatever it holds. */
    private static final int LONGEST = 256;

    private LogTokens() {}

    static String[] of(CharSequence line) {
        List<String> tokens = new ArrayList<>(24);
        int length = line.length();
        int at = 0;
        int room = Vocabulary.MAX_CHARACTERS;
        while (at < length && tokens.size() < MOST) {
            while (at < length && blank(line.charAt(at))) {
                at++;
            }
            int end = at;
            boolean variable = false;
            while (end < length && !blank(line.charAt(end))) {
                char c = line.charAt(end++);
                variable |= digit(c) || c == '=';
            }
            if (end > at) {
                String token = token(line, at, end, variable);
                // any of them may become variable
                room -= Math.max(token.length(), VARIABLE.length()) + 1;
                if (room < 0) {
                    break;
                }
                tokens.add(token);
            }
            at = end;
        }
        return tokens.toArray(String[]::new);
    }

    private static String token(CharSequence line, int from, int to, boolean variable) {
        String token =
                variable ? masked(line, from, to) : line.subSequence(from, to).toString();
        return token.length() > LONGEST ? VARIABLE : token;
    }

    private static String masked(CharSequence line, int from, int to) {
        StringBuilder text = new StringBuilder(to - from + VARIABLE.length());
        int piece = from;
        while (piece < to) {
            int end = piece;
            boolean variable = piece > from && line.charAt(piece - 1) == '=' && !parts(line.charAt(piece));
            while (end < to && !parts(line.charAt(end))) {
                variable |= digit(line.charAt(end++));
            }
            if (variable) {
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
