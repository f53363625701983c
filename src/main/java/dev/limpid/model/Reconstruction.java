package dev.limpid.model;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The output of a model for a {@link WindowBatch} of the same shape: direct native-order buffers, overwritten by every run. What few
 * models give is made when it is asked for. Confined to the thread that reads it.
 */
public final class Reconstruction {
    private final int capacity;
    private final FloatBuffer clean;
    private final FloatBuffer error;
    private @Nullable LongBuffer ids;
    private @Nullable FloatBuffer confidence;
    private @Nullable FloatBuffer missingBefore;
    private @Nullable LongBuffer missingCount;
    private @Nullable FloatBuffer score;
    private @Nullable LongBuffer reason;
    private @Nullable FloatBuffer contribution;
    private @Nullable FloatBuffer embedding;

    public Reconstruction(int capacity, int channels, int length) {
        this.capacity = capacity;
        this.clean = WindowBatch.direct(capacity * channels * length);
        this.error = WindowBatch.direct(capacity * channels * length);
    }

    /** The reconstruction in physical units, {@code [window][channel][time]}; for tokens, ids. */
    public FloatBuffer clean() {
        return clean;
    }

    /**
     * The non-negative residual in calibrated units, {@code [window][channel][time]}; for tokens, the negative log-likelihood. Written
     * only by a model whose spec says {@code error}.
     */
    public FloatBuffer error() {
        return error;
    }

    /** {@link Outputs#confidence}, {@code [window][time]}. */
    public FloatBuffer confidence() {
        if (confidence == null) {
            confidence = WindowBatch.direct(clean.capacity());
        }
        return confidence;
    }

    /** {@link Outputs#missingBefore}, {@code [window][time]}. */
    public FloatBuffer missingBefore() {
        if (missingBefore == null) {
            missingBefore = WindowBatch.direct(clean.capacity());
        }
        return missingBefore;
    }

    /** {@link Outputs#missingCount}, {@code [window][time]}. */
    public LongBuffer missingCount() {
        if (missingCount == null) {
            missingCount = WindowBatch.directLongs(clean.capacity());
        }
        return missingCount;
    }

    /** {@link Outputs#score}, {@code [window]}. */
    public FloatBuffer score() {
        if (score == null) {
            score = WindowBatch.direct(capacity);
        }
        return score;
    }

    /** {@link Outputs#reason}, {@code [window]}. */
    public LongBuffer reason() {
        if (reason == null) {
            reason = WindowBatch.directLongs(capacity);
        }
        return reason;
    }

    /** {@link Outputs#contribution}, {@code [window][time]}. */
    public FloatBuffer contribution() {
        if (contribution == null) {
            contribution = WindowBatch.direct(clean.capacity());
        }
        return contribution;
    }

    /** The latent vectors, {@code [window][length]}, of a model whose {@link Outputs#embedding} is {@code length}. */
    public FloatBuffer embedding(int length) {
        if (embedding == null || embedding.capacity() < capacity * length) {
            embedding = WindowBatch.direct(capacity * length);
        }
        return embedding;
    }

    /** Room for {@link #clean} as the integers that a model of tokens gives, for whoever runs it. */
    public LongBuffer ids() {
        if (ids == null) {
            ids = WindowBatch.directLongs(clean.capacity());
        }
        return ids;
    }
}
