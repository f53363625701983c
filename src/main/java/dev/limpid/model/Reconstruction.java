package dev.limpid.model;

import java.nio.FloatBuffer;

/**
 * The output of a model for a {@link WindowBatch} of the same shape: direct native-order buffers,
 * {@code [window][channel][time]}, overwritten by every run.
 */
public final class Reconstruction {
    private final FloatBuffer clean;
    private final FloatBuffer error;

    public Reconstruction(int capacity, int channels, int length) {
        this.clean = WindowBatch.direct(capacity * channels * length);
        this.error = WindowBatch.direct(capacity * channels * length);
    }

    /** The reconstruction in physical units. */
    public FloatBuffer clean() {
        return clean;
    }

    /** The non-negative residual in calibrated units; written only by a model whose spec says {@code error}. */
    public FloatBuffer error() {
        return error;
    }
}
