package dev.limpid.signal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The identity of a series: an immutable byte sequence with its hash, cheap as a map key. */
public final class SeriesKey {
    private final byte[] bytes;
    private final int hash;

    private SeriesKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Wraps {@code bytes} without a copy; the caller gives them away. */
    public static SeriesKey wrap(byte[] bytes) {
        return new SeriesKey(bytes);
    }

    public static SeriesKey of(String name) {
        return new SeriesKey(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not a copy: not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The bytes as UTF-8 text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
