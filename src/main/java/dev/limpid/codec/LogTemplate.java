package dev.limpid.codec;

import java.util.List;

/**
 * What log lines of one kind have in common: tokens, {@code <*>} where they differ.
 *
 * @param tokens one a place
 * @param lines of which it was learned
 */
public record LogTemplate(List<String> tokens, long lines) {
    public LogTemplate {
        tokens = List.copyOf(tokens);
    }

    /** One written as text, its tokens separated by spaces. */
    public static LogTemplate of(String text, long lines) {
        return new LogTemplate(List.of(text.split(" ", -1)), lines);
    }

    /** {@code Fetching parcel <*> out: <*>}. */
    public String text() {
        return String.join(" ", tokens);
    }
}
