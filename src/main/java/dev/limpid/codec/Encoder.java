package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import org.jspecify.annotations.Nullable;

/** Cleaned samples to output bytes. One encoder per thread: it may keep scratch space. */
public interface Encoder {
    /**
     * The cleaned twin of an input value: the same layout with the channel values replaced; for JSON all other fields are
     * kept and the raw values and qualities are added. If every sample passes through, {@code original} itself.
     */
    byte[] record(byte[] original, CleanedBlock block);

    /**
     * What is to be told of the samples of a record and has no room in its value, as JSON; null if there is nothing. Asked right after
     * {@link #record}, of the same.
     */
    default byte @Nullable [] told(byte[] original, CleanedBlock block) {
        return null;
    }

    /** A block on its own, for {@code granularity: hop}. */
    byte[] hop(CleanedBlock block);
}
