package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One token, the content of the first line of a value that is not blank: a log line. The header before it and what follows it, such as a stack
 * trace, stay as they are.
 */
final class LinePlaces implements TokenPlaces {
    private int from;
    private int to;

    @Override
    public @Nullable String find(byte[] value) {
        from = JsonDecoder.bomLength(value);
        while (from < value.length
                && (value[from] == ' ' || value[from] == '\t' || value[from] == '\n' || value[from] == '\r')) {
            from++;
        }
        to = from;
        while (to < value.length && value[to] != '\n' && value[to] != '\r') {
            to++;
        }
        from = LogHeader.end(value, from, to);
        return null;
    }

    @Override
    public int count() {
        return to > from ? 1 : 0;
    }

    @Override
    public int from(int token) {
        return from;
    }

    @Override
    public int to(int token) {
        return to;
    }

    @Override
    public String text(byte[] value, int token) {
        return new String(value, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] written(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
