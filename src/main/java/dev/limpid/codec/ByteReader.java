package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote. Reading past the end is an {@link IllegalStateException}: the bytes are damaged. */
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int position() {
        return at;
    }

    public boolean atEnd() {
        return at == bytes.length;
    }

    public int u8() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number of more than 10 bytes at " + at);
    }

    public long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A varint that counts something in these bytes. */
    public int count() {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalStateException("a count of " + value + " at " + at);
        }
        return (int) value;
    }

    public int i32() {
        need(Integer.BYTES);
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (bytes[at++] & 0xFF) << shift;
        }
        return value;
    }

    public float f32() {
        return Float.intBitsToFloat(i32());
    }

    public byte[] raw(int length) {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public byte[] sized() {
        return raw(count());
    }

    public String text() {
        return new String(sized(), StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException if there are fewer bytes left */
    void need(int more) {
        if (more < 0 || more > bytes.length - at) {
            throw new IllegalStateException("needs " + more + " bytes at " + at + " of " + bytes.length);
        }
    }
}
