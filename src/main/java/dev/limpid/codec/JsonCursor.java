package dev.limpid.codec;

/**
 * Walks over JSON text that is known to be well-formed, without reading its values: for finding the places of members in a
 * value that a {@link JsonDecoder} took. Confined to one thread, reused.
 */
final class JsonCursor {
    private byte[] text = new byte[0];
    private int at;

    /** Starts at the first character of {@code text} that is not white space. */
    void begin(byte[] text) {
        this.text = text;
        this.at = JsonDecoder.bomLength(text);
        skipSpace();
    }

    /** Starts at that place of {@code text}. */
    void begin(byte[] text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    char peek() {
        return (char) text[at];
    }

    /** Steps over one punctuation character and the white space behind it. */
    void step() {
        at++;
        skipSpace();
    }

    void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    /** Steps over a value, not over the white space behind it. */
    void skipValue() {
        switch (text[at]) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> {
                while (at < text.length && !isDelimiter(text[at])) {
                    at++;
                }
            }
        }
    }

    private void skipString() {
        for (at++; text[at] != '"'; at++) {
            if (text[at] == '\\') {
                at++;
            }
        }
        at++;
    }

    private void skipNested() {
        int depth = 0;
        do {
            byte character = text[at];
            if (character == '"') {
                skipString();
                continue;
            }
            if (character == '{' || character == '[') {
                depth++;
            } else if (character == '}' || character == ']') {
                depth--;
            }
            at++;
        } while (depth > 0);
    }

    private static boolean isDelimiter(byte character) {
        return character == ',' || character == ']' || character == '}' || (character <= ' ' && character >= 0);
    }
}
