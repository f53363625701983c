package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers series the way the Kafka store does: a head and a journal of the input per series, kept at each commit. */
final class JournalStore<R> implements SeriesStore<R> {
    private record Entry<R>(
            long index, R record, long timestampMs, float[] values, long firstSlot, byte @Nullable [] passed) {}

    private static final class Journal<R> {
        final List<Entry<R>> entries = new ArrayList<>();
        long records;

        @Nullable
        SeriesHead head;
    }

    private final PipelineSpec spec;
    private final Map<SeriesKey, SeriesState<R>> series = new LinkedHashMap<>();
    private final Map<SeriesKey, Journal<R>> journals = new HashMap<>();

    JournalStore(PipelineSpec spec) {
        this.spec = spec;
    }

    @Override
    public @Nullable SeriesState<R> find(SeriesKey key) {
        return series.get(key);
    }

    @Override
    public void add(SeriesState<R> state) {
        series.put(state.key(), state);
        journals.put(state.key(), new Journal<>());
    }

    @Override
    public void remove(SeriesState<R> state) {
        series.remove(state.key());
        journals.remove(state.key());
    }

    @Override
    public Collection<SeriesState<R>> all() {
        return series.values();
    }

    @Override
    public void placed(SeriesState<R> state, R record, Block block, long firstSlot, byte @Nullable [] passed) {
        Journal<R> journal = journals.get(state.key());
        float[] values = new float[block.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.value(i / block.channels(), i % block.channels());
        }
        journal.entries.add(new Entry<>(journal.records++, record, block.timestampMs(), values, firstSlot, passed));
    }

    @Override
    public void changed(SeriesState<R> state) {}

    /** What a commit writes, and a fresh store that has read it: nothing of the old states is shared. */
    JournalStore<R> restarted() {
        JournalStore<R> fresh = new JournalStore<>(spec);
        for (SeriesState<R> state : series.values()) {
            Journal<R> old = journals.get(state.key());
            SeriesHead head = state.head();
            SeriesState<R> restored = SeriesState.restore(state.key(), spec, head);
            Journal<R> journal = new Journal<>();
            journal.records = old.records;
            for (Entry<R> entry : old.entries) {
                long end =
                        entry.firstSlot + entry.values.length / spec.channels().size();
                if (entry.index >= head.answered() || end > state.retainFrom()) {
                    journal.entries.add(entry);
                    Block block = new Block(spec.channels().size());
                    block.begin(entry.timestampMs);
                    for (float value : entry.values) {
                        block.add(value);
                    }
                    boolean answered = entry.index < head.answered();
                    restored.replay(entry.index, answered ? null : entry.record, block, entry.firstSlot, entry.passed);
                }
            }
            fresh.series.put(state.key(), restored);
            fresh.journals.put(state.key(), journal);
        }
        return fresh;
    }
}
