package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who remembers the series of one partition. Called on the pipeline's thread.
 *
 * <p>The pipeline tells it of every sample that was placed, so that a store that survives a restart can journal the input
 * instead of the whole state: after a restart, {@link SeriesState#restore} with the newest {@link SeriesHead} and the
 * journalled records from {@link SeriesState#retainFrom} on brings the state back.
 *
 * @param <R> the driver's record
 */
public interface SeriesStore<R> {
    /** The series' state, or null if it is not known. */
    @Nullable
    SeriesState<R> find(SeriesKey key);

    /** Remembers a new series. */
    void add(SeriesState<R> state);

    /** Forgets a series that expired. */
    void remove(SeriesState<R> state);

    /** All series, in no particular order. */
    Collection<SeriesState<R>> all();

    /**
     * A record was placed.
     *
     * @param block its samples, valid only during the call
     * @param firstSlot slot of its first sample; the others follow
     * @param passed per sample, the code of the {@link Quality} with which it passes through, or -1 if it went to its slot;
     *     null if all went to their slots
     */
    void placed(SeriesState<R> state, R record, Block block, long firstSlot, byte @Nullable [] passed);

    /** The state changed otherwise (a segment ended, windows were scored, records left): told before {@link Pipeline#flush} returns. */
    void changed(SeriesState<R> state);
}
