package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;

/**
 * What stays of one series between records: the newest samples, the overlap-add sums, the records not yet answered, and the
 * {@link SeriesHead}. Mutable, confined to the pipeline's thread.
 */
public final class SeriesState<R> {
    /** An attachment of the {@link SeriesStore} (its journal), so that it needs no second map. */
    public SeriesState(SeriesKey key, PipelineSpec spec) {
        throw new UnsupportedOperationException("being written");
    }

    public SeriesKey key() {
        throw new UnsupportedOperationException("being written");
    }

    /** A snapshot of the small part; complete only right after {@link Pipeline#flush}. */
    public SeriesHead head() {
        throw new UnsupportedOperationException("being written");
    }

    /** First slot whose sample is still needed: by a window not yet cut, or by one whose overlap is not yet final. */
    public long retainFrom() {
        throw new UnsupportedOperationException("being written");
    }

    /** Begins to bring a journalled series back; then {@link #replay} for every journalled record in order. */
    public static <R> SeriesState<R> restore(SeriesKey key, PipelineSpec spec, SeriesHead head) {
        throw new UnsupportedOperationException("being written");
    }

    /**
     * Puts a journalled record back: its samples go to their slots; if it is not answered yet ({@code index >=
     * head.answered()}) it waits again. The overlap-add sums come from running the windows again, with the next batch.
     *
     * @param index the record's number in the series, counted from 0
     * @param passed as in {@link SeriesStore#placed}
     */
    public void replay(
            long index, R record, Block block, long firstSlot, byte @org.jspecify.annotations.Nullable [] passed) {
        throw new UnsupportedOperationException("being written");
    }
}
