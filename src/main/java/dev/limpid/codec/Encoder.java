package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;

/** Cleaned samples to output bytes. One encoder per thread: it may keep scratch space. */
public interface Encoder {
    /**
     * The cleaned twin of an input value: the same layout with the channel values replaced; for JSON all other fields are
     * kept and the raw values and qualities are added. If every sample passes through, {@code original} itself.
     */
    byte[] record(byte[] original, CleanedBlock block);

    /** A block on its own, for {@code granularity: hop}. */
    byte[] hop(CleanedBlock block);
}
