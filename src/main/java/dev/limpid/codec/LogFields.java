package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The fields of a log line, one after the other, and what each looks like. A field ends at a blank; one in brackets may hold blanks. Mutable. */
final class LogFields {
    private static final int LONGEST_LEVEL = 13;
    private static final Set<String> LEVELS = Set.of(
            "TRACE",
            "DEBUG",
            "INFO",
            "NOTICE",
            "WARN",
            "WARNING",
            "ERROR",
            "ERR",
            "SEVERE",
            "FATAL",
            "CRITICAL",
            "CRIT",
            "ALERT",
            "EMERG",
            "FINE",
            "FINER",
            "FINEST",
            "VERBOSE",
            "INFORMATION");
    private static final String SECONDS = "0000000000 0000.00.00";
    private static final String LETTERS = "VDIWEF";
    private static final Set<String> ZONES = Set.of(
            "UTC", "GMT", "WET", "WEST", "BST", "CET", "CEST", "EET", "EEST", "MSK", "IST", "JST", "EST", "EDT", "CST",
            "CDT", "MST", "MDT", "PST", "PDT", "AM", "PM");
    private static final Set<String> DAYS = Set.of(
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed",
            "Thu", "Fri", "Sat", "Sun");

    private final byte[] line;
    private final int end;
    /** The first byte of the field that is looked at. */
    private int from;
    /** The one behind its last. */
    private int to;

    LogFields(byte[] line, int from, int end) {
        this.line = line;
        this.end = end;
        this.to = from;
    }

    int to() {
        return to;
    }

    /** Goes to the next field; whether there is one. */
    boolean next() {
        from = to;
        while (from < end && blank(line[from])) {
            from++;
        }
        to = from;
        int depth = 0;
        boolean group = from < end && (line[from] == '[' || line[from] == '(');
        while (to < end && (depth > 0 || !blank(line[to]))) {
            depth += !group ? 0 : opens(line[to]) ? 1 : closes(line[to]) ? -1 : 0;
            to++;
        }
        if (depth > 0) {
            for (to = from; to < end && !blank(line[to]); to++) {}
        }
        return to > from;
    }

    /** A clock, a date with dashes, or date and clock of six digits each. */
    boolean time() {
        boolean found = false;
        int letters = 0;
        for (int i = from; i < to; i++) {
            letters = letter(line[i]) ? letters + 1 : 0;
            if (letters > 1 && line[from] != '[') {
                return false;
            }
            found |= clock(i) || date(i);
        }
        return found || (digits(from, 6) && to + 1 < end && digits(to + 1, 6));
    }

    /** Of a time: whether date and clock have the T of ISO 8601 between them. */
    boolean iso() {
        return line[from] != '[' && has('T');
    }

    private boolean clock(int at) {
        boolean begins = at == from || !(digit(line[at - 1]) || line[at - 1] == '.');
        return begins && at + 5 <= to && shape(at, "00:00") && (at + 5 == to || !digit(line[at + 5]));
    }

    private boolean date(int at) {
        return (at == from || !digit(line[at - 1])) && at + 10 <= to && shape(at, "0000-00-00");
    }

    private boolean shape(int at, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            byte c = line[at + i];
            if (shape.charAt(i) == '0' ? !digit(c) : c != shape.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean digits(int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (i >= end || !digit(line[i])) {
                return false;
            }
        }
        return at + count == end || blank(line[at + count]);
    }

    /**
     * A word for how grave a line is, in capitals; otherwise only if nothing else can be meant: in brackets, or in a column of its own.
     *
     * @param behindTime a time, and no word since, was there before
     */
    boolean level(boolean behindTime) {
        int first = from;
        int last = to;
        while (first < last && !letter(line[first])) {
            first++;
        }
        while (last > first && !letter(line[last - 1])) {
            last--;
        }
        if (last == first || to - from > LONGEST_LEVEL) {
            return false;
        }
        String word = text(first, last);
        String name = word.toUpperCase(Locale.ROOT);
        boolean small = word.substring(1).equals(name.substring(1).toLowerCase(Locale.ROOT));
        return LEVELS.contains(name)
                && (word.equals(name) || (small && (line[from] == '[' || (behindTime && column()))));
    }

    /** The letter of a level, as Android writes it behind process and thread. */
    boolean letter() {
        return to - from == 1 && LETTERS.indexOf(line[from]) >= 0;
    }

    /** A time zone, or the half of a day. */
    boolean zone() {
        return to - from <= 4 && ZONES.contains(text(from, to));
    }

    /** Whether seconds since 1970 and a date with dots follow. */
    boolean beforeSeconds() {
        return to + 1 + SECONDS.length() < end && shape(to + 1, SECONDS);
    }

    boolean is(String text) {
        return text(from, to).equals(text);
    }

    /** The name of a program or a class, with a colon. */
    boolean named() {
        boolean letters = false;
        for (int i = from; i < to; i++) {
            if (line[i] == '=' || line[i] == '"') {
                return false;
            }
            letters |= letter(line[i]);
        }
        return letters && line[to - 1] == ':';
    }

    boolean bracketed() {
        return line[from] == '[' || line[from] == '(' || (line[to - 1] == ']' && !has('['));
    }

    boolean punctuation() {
        for (int i = from; i < to; i++) {
            if (line[i] < 0 || letter(line[i]) || digit(line[i])) {
                return false;
            }
        }
        return true;
    }

    /** What parts a name from what follows. */
    boolean dash() {
        return to - from == 1 && (line[from] == '-' || line[from] == ':' || line[from] == '|');
    }

    boolean digit() {
        for (int i = from; i < to; i++) {
            if (digit(line[i])) {
                return true;
            }
        }
        return false;
    }

    /** The name of a month or a day of the week. */
    boolean day() {
        return to - from == 3 && DAYS.contains(text(from, to));
    }

    /** Whether a blank and another one follow, as before the next column. */
    boolean column() {
        return to + 1 < end && line[to] == ' ' && line[to + 1] == ' ';
    }

    /** Whether the field's last characters are these. */
    boolean ends(char last, char beforeIt) {
        return line[to - 1] == last && to - from > 1 && line[to - 2] == beforeIt;
    }

    boolean ends(char last) {
        return line[to - 1] == last;
    }

    boolean capitals() {
        for (int i = from; i < to; i++) {
            if (!(line[i] >= 'A' && line[i] <= 'Z') && line[i] != '_') {
                return false;
            }
        }
        return to - from > 1;
    }

    boolean has(char c) {
        for (int i = from; i < to; i++) {
            if (line[i] == c) {
                return true;
            }
        }
        return false;
    }

    private String text(int first, int last) {
        return new String(line, first, last - first, StandardCharsets.ISO_8859_1);
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean opens(byte c) {
        return c == '[' || c == '(';
    }

    private static boolean closes(byte c) {
        return c == ']' || c == ')';
    }
}
