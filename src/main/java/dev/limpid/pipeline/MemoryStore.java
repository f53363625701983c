package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SeriesStore} that remembers series for as long as the process lives, in the order in which they came. For drivers
 * that read their input from its beginning. Confined to one thread.
 */
public final class MemoryStore<R> implements SeriesStore<R> {
    private final Map<SeriesKey, SeriesState<R>> states = new LinkedHashMap<>();

    @Override
    public @Nullable SeriesState<R> find(SeriesKey key) {
        return states.get(key);
    }

    @Override
    public void add(SeriesState<R> state) {
        states.put(state.key(), state);
    }

    @Override
    public void remove(SeriesState<R> state) {
        states.remove(state.key());
    }

    @Override
    public Collection<SeriesState<R>> all() {
        return states.values();
    }

    @Override
    public void placed(SeriesState<R> state, R record, Block block, long firstSlot, byte @Nullable [] passed) {}

    @Override
    public void changed(SeriesState<R> state) {}
}
