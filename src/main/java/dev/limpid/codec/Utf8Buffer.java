package dev.limpid.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of UTF-8 text, reused from value to value. Confined to one thread.
 *
 * <p>A float is written as the shortest decimal that reads back as the same float ({@code Float.toString} of JDK 19 and
 * later, the same on every JDK), so equal values are equal bytes wherever they are written.
 */
final class Utf8Buffer {
    private static final byte[] ONE = ascii("1.0");
    private byte[] bytes = new byte[256];
    private int size;

    /** The JSON string for {@code text}, quotes included. */
    static byte[] quoted(String text) {
        byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] all = new byte[inner.length + 2];
        all[0] = '"';
        System.arraycopy(inner, 0, all, 1, inner.length);
        all[all.length - 1] = '"';
        return all;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Utf8Buffer clear() {
        size = 0;
        return this;
    }

    Utf8Buffer add(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    Utf8Buffer add(byte[] more) {
        return add(more, 0, more.length);
    }

    Utf8Buffer add(byte[] more, int from, int to) {
        ensure(to - from);
        System.arraycopy(more, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /** Appends text that holds nothing but ASCII. */
    Utf8Buffer addAscii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    Utf8Buffer add(long number) {
        ensure(20);
        size = NumberOutput.outputLong(number, bytes, size);
        return this;
    }

    /** Appends {@code value}, or {@code null} if it is not finite. */
    Utf8Buffer add(float value) {
        if (value == 1f) {
            return add(ONE); // by far the most frequent share and part observed
        }
        return addAscii(Float.isFinite(value) ? NumberOutput.toString(value, true) : "null");
    }

    /** Bytes so far. */
    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
