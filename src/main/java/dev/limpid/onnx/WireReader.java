package dev.limpid.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the wire format of protocol buffers from bytes that nobody vouches for, through one buffer of {@value #BUFFER_BYTES}
 * bytes. A message is entered and left by its caller, so the depth is that of the caller's code and never that of the
 * bytes. Whatever is not exactly as the format says is refused: overlong numbers, groups, lengths that lead outside of
 * their message, text that is not UTF-8. Confined to one thread.
 *
 * <p>Source: <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>.
 */
final class WireReader {
    static final int BUFFER_BYTES = 1 << 16;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final Bytes bytes;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    /** Where in the file the buffer begins. */
    private long start;
    /** Where the message that is being read ends. */
    private long end;

    private String message = "model";
    private int field;
    private int type;

    /** Bytes that can be read from any position, such as those of a file. */
    interface Bytes {
        /** Reads at least one byte, or gives -1 at the end. */
        int read(ByteBuffer into, long position) throws IOException;
    }

    /** @param size how many bytes there are */
    WireReader(Bytes bytes, long size) {
        this.bytes = bytes;
        this.end = size;
    }

    /** A message that was entered, to be left. */
    record Outer(String message, long end) {}

    /** Whether the message that is being read has another field. */
    boolean more() {
        return position() < end;
    }

    long position() {
        return start + buffer.position();
    }

    /** Bytes that are left of the message. */
    long left() {
        return end - position();
    }

    /** The number of the next field. */
    int field() throws IOException, MalformedModel {
        long tag = number();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (tag < 0 || tag >>> 3 < 1 || tag >>> 3 > 1 << 29) {
            throw malformed("has a field without a number");
        }
        return field;
    }

    /** Enters the message that the field holds, or its bytes, or its packed numbers. */
    Outer enter(String name) throws IOException, MalformedModel {
        want(LENGTH);
        long length = number();
        if (length < 0 || length > left()) {
            throw malformed("field " + field + " announces " + length + " bytes, " + left() + " are left");
        }
        Outer outer = new Outer(message, end);
        message = name;
        end = position() + length;
        return outer;
    }

    void leave(Outer outer) throws MalformedModel {
        if (position() != end) {
            throw malformed("ends " + left() + " bytes early");
        }
        message = outer.message();
        end = outer.end();
    }

    /** Passes over what is left of the message, unread. */
    void skipRest() {
        seek(end);
    }

    /** Goes to a position within the message. */
    void seek(long position) {
        if (position >= start && position <= start + buffer.limit()) {
            buffer.position((int) (position - start));
        } else {
            start = position;
            buffer.position(0).limit(0);
        }
    }

    /** Passes over the field, whatever it holds. */
    void skip() throws IOException, MalformedModel {
        switch (type) {
            case VARINT -> number();
            case FIXED64 -> eightBytes();
            case FIXED32 -> fourBytes();
            default -> {
                Outer outer = enter(message);
                skipRest();
                leave(outer);
            }
        }
    }

    /** The field's integer. */
    long integer() throws IOException, MalformedModel {
        want(VARINT);
        return number();
    }

    /** The field's float. */
    float real() throws IOException, MalformedModel {
        want(FIXED32);
        return Float.intBitsToFloat(fourBytes());
    }

    boolean packed() {
        return type == LENGTH;
    }

    /** The next of several packed integers, or the field's single one. */
    long number() throws IOException, MalformedModel {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = oneByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("has a number of more than 10 bytes");
    }

    int fourBytes() throws IOException, MalformedModel {
        fill(4);
        return buffer.getInt();
    }

    long eightBytes() throws IOException, MalformedModel {
        fill(8);
        return buffer.getLong();
    }

    byte oneByte() throws IOException, MalformedModel {
        fill(1);
        return buffer.get();
    }

    /** The next {@code count} bytes of the message, at most {@value #BUFFER_BYTES}, in the reader's own buffer until the next call. */
    ByteBuffer some(int count) throws IOException, MalformedModel {
        fill(count);
        ByteBuffer view = buffer.slice(buffer.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(buffer.position() + count);
        return view;
    }

    /** The field's text. */
    String text(int most) throws IOException, MalformedModel {
        Outer outer = enter(message);
        if (left() > most) {
            throw malformed("field " + field + " is a text of " + left() + " bytes, at most " + most + " are read");
        }
        byte[] text = new byte[(int) left()];
        int at = 0;
        while (at < text.length) {
            ByteBuffer part = some(Math.min(text.length - at, BUFFER_BYTES));
            int count = part.remaining();
            part.get(text, at, count);
            at += count;
        }
        leave(outer);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("field " + field + " is not UTF-8");
        }
    }

    MalformedModel malformed(String what) {
        return new MalformedModel("the file is malformed at byte " + position() + ": " + message + " " + what
                + "; copy or export it again");
    }

    private void want(int wanted) throws MalformedModel {
        if (type != wanted) {
            throw malformed("field " + field + " has wire type " + type + ", wanted " + wanted);
        }
    }

    /** Has {@code count} bytes in the buffer. */
    private void fill(int count) throws IOException, MalformedModel {
        if (left() < count) {
            throw malformed("ends within a value");
        }
        if (buffer.remaining() >= count) {
            return;
        }
        start = position();
        buffer.compact();
        while (buffer.position() < count) {
            if (bytes.read(buffer, start + buffer.position()) < 0) {
                buffer.flip();
                throw malformed("ends within a value");
            }
        }
        buffer.flip();
    }
}
