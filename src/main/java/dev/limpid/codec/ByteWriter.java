package dev.limpid.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing bytes with the primitives of the binary layouts: unsigned LEB128 numbers, zigzag for signed ones, little-endian
 * floats, byte sequences with their length. One per thread, reused.
 */
public final class ByteWriter {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64];
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void u8(int value) {
        need(1);
        bytes[size++] = (byte) value;
    }

    /** An unsigned number in 1 to 10 bytes, 7 bits each, lowest first. */
    public void varint(long value) {
        need(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed number: 0, -1, 1, -2 … become 0, 1, 2, 3 …, then a varint. */
    public void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    public void i32(int value) {
        need(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    public void f32(float value) {
        i32(Float.floatToRawIntBits(value));
    }

    /** Room for {@code count} floats, which the caller fills. */
    public FloatBuffer floats(int count) {
        int length = count * Float.BYTES;
        need(length);
        size += length;
        return ByteBuffer.wrap(bytes, size - length, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    public void raw(byte[] from, int offset, int length) {
        need(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** All that {@code other} holds. */
    public void raw(ByteWriter other) {
        raw(other.bytes, 0, other.size);
    }

    /** The length as a varint, then the bytes. */
    public void sized(byte[] from) {
        varint(from.length);
        raw(from, 0, from.length);
    }

    /** UTF-8 with its length. */
    public void text(String text) {
        sized(text.getBytes(StandardCharsets.UTF_8));
    }

    private void need(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
