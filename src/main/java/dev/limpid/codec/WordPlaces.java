package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tokens with spaces or tabs between them, on one line of UTF-8. */
final class WordPlaces implements TokenPlaces {
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    @Override
    public @Nullable String find(byte[] value) {
        count = 0;
        int end = value.length;
        while (end > 0 && (value[end - 1] == '\n' || value[end - 1] == '\r')) {
            end--;
        }
        int at = JsonDecoder.bomLength(value);
        while (at < end) {
            if (value[at] == ' ' || value[at] == '\t') {
                at++;
                continue;
            }
            int start = at;
            while (at < end && value[at] != ' ' && value[at] != '\t') {
                if (value[at] >= 0 && value[at] < ' ') {
                    return value[at] == '\n' || value[at] == '\r'
                            ? "shape: more than one line"
                            : "syntax: a control character at byte " + at;
                }
                at++;
            }
            push(start, at);
        }
        return null;
    }

    private void push(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int from(int token) {
        return starts[token];
    }

    @Override
    public int to(int token) {
        return ends[token];
    }

    @Override
    public String text(byte[] value, int token) {
        return new String(value, starts[token], ends[token] - starts[token], StandardCharsets.UTF_8);
    }

    @Override
    public byte[] written(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
