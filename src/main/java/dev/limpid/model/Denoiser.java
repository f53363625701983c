package dev.limpid.model;

/**
 * Computes the clean version of windows. Safe for use by several threads at once, each with its own batch and
 * reconstruction; {@link #close()} only when no thread is inside (see {@link ModelSlot}).
 */
public interface Denoiser extends AutoCloseable {
    ModelSpec spec();

    /**
     * Reconstructs the windows {@code [from, to)} of {@code batch} into the same rows of {@code out}.
     *
     * @throws DenoiserException if the run as a whole failed; nothing in {@code out} is to be used
     */
    void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException;

    /** Whether runs are joined with other callers' and filled up, so that a few windows may take as long as many. */
    default boolean joins() {
        return false;
    }

    @Override
    void close();
}
