package dev.limpid.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The input of a model: up to {@code capacity} windows in two direct native-order buffers, {@code [window][channel][time]},
 * refilled for every batch. Confined to the thread that fills it; a {@link Denoiser} only reads it.
 */
public final class WindowBatch {
    private final int capacity;
    private final int channels;
    private final int length;
    private final FloatBuffer x;
    private final FloatBuffer observed;
    private @Nullable LongBuffer ids;
    private int size;

    public WindowBatch(int capacity, int channels, int length) {
        this.capacity = capacity;
        this.channels = channels;
        this.length = length;
        this.x = direct(capacity * channels * length);
        this.observed = direct(capacity * channels * length);
    }

    static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    static LongBuffer directLongs(int longs) {
        return ByteBuffer.allocateDirect(longs * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    /** Takes the next free window and gives its index; its content is what an earlier batch left there. */
    public int add() {
        if (size == capacity) {
            throw new IllegalStateException("batch is full: " + capacity + " windows");
        }
        return size++;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public boolean full() {
        return size == capacity;
    }

    public int capacity() {
        return capacity;
    }

    public int channels() {
        return channels;
    }

    public int length() {
        return length;
    }

    /** Values per window: channels × length. */
    public int windowSize() {
        return channels * length;
    }

    /** Raw values in physical units, missing = 0 (or the last value held, for a model without {@code observed}); for tokens, ids. */
    public FloatBuffer x() {
        return x;
    }

    /** Room for {@link #x()} as the integers that a model of tokens takes, for whoever runs it. */
    public LongBuffer ids() {
        if (ids == null) {
            ids = directLongs(x.capacity());
        }
        return ids;
    }

    /** 1 where {@link #x()} was observed, 0 where it is missing. */
    public FloatBuffer observed() {
        return observed;
    }
}
