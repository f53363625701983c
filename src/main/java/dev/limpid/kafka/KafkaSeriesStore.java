package dev.limpid.kafka;

import dev.limpid.codec.ByteWriter;
import dev.limpid.codec.JournalEntries;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.pipeline.SeriesStore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The series of one task, kept over restarts in a changelogged key-value store: states live on the heap, their input is
 * journalled, and {@link #persist} writes what is new once per commit. docs/design/0001-state.md gives the layout.
 */
final class KafkaSeriesStore implements SeriesStore<SourceRecord>, SeriesJournal.Target {
    private final KeyValueStore<Bytes, byte[]> store;
    private final JournalEntries.Shape shape;
    private final Map<SeriesKey, SeriesJournal> journals = new LinkedHashMap<>();
    private final List<SeriesJournal> dirty = new ArrayList<>();
    private final List<SeriesJournal> removed = new ArrayList<>();
    private final ByteWriter record = new ByteWriter();
    private final ByteWriter scratch = new ByteWriter();
    private final Block stretch;

    KafkaSeriesStore(KeyValueStore<Bytes, byte[]> store, PipelineSpec spec) {
        this.store = store;
        this.shape = shape(spec);
        this.stretch = new Block(shape.channels());
    }

    static JournalEntries.Shape shape(PipelineSpec spec) {
        return new JournalEntries.Shape(
                spec.channels().size(), spec.granularity() == Granularity.HOP, spec.sampleRateHz());
    }

    /** Takes up a series. */
    void restored(SeriesJournal journal) {
        journal.state().attach(journal);
        journals.put(journal.state().key(), journal);
    }

    @Override
    public @Nullable SeriesState<SourceRecord> find(SeriesKey key) {
        SeriesJournal journal = journals.get(key);
        return journal == null ? null : journal.state();
    }

    @Override
    public void add(SeriesState<SourceRecord> state) {
        restored(new SeriesJournal(state, shape));
    }

    @Override
    public void remove(SeriesState<SourceRecord> state) {
        SeriesJournal journal = journal(state);
        journals.remove(state.key());
        journal.remove();
        removed.add(journal);
    }

    @Override
    public Collection<SeriesState<SourceRecord>> all() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<SeriesState<SourceRecord>> iterator() {
                Iterator<SeriesJournal> each = journals.values().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public SeriesState<SourceRecord> next() {
                        return each.next().state();
                    }
                };
            }

            @Override
            public int size() {
                return journals.size();
            }
        };
    }

    @Override
    public void placed(
            SeriesState<SourceRecord> state,
            SourceRecord source,
            Block block,
            long firstSlot,
            byte @Nullable [] passed) {
        SeriesJournal journal = journal(state);
        touch(journal);
        if (!shape.floats()) {
            record.clear();
            source.writeTo(record, state.key(), block.timestampMs());
            journal.placed(record, block, firstSlot, passed);
        }
    }

    @Override
    public void changed(SeriesState<SourceRecord> state) {
        touch(journal(state));
    }

    private void touch(SeriesJournal journal) {
        if (journal.touch()) {
            dirty.add(journal);
        }
    }

    private static SeriesJournal journal(SeriesState<SourceRecord> state) {
        if (state.attachment() instanceof SeriesJournal journal) {
            return journal;
        }
        throw new IllegalStateException("series " + state.key() + " is not in the store");
    }

    /** Writes what changed since the last call. Only right after the pipeline's flush are the states complete. */
    void persist() {
        for (SeriesJournal journal : removed) {
            for (int index = 0; index < journal.indices(); index++) {
                store.delete(StoreKeys.of(journal.state().key(), index));
            }
        }
        removed.clear();
        for (SeriesJournal journal : dirty) {
            journal.persist(this, scratch, stretch);
        }
        dirty.clear();
    }

    @Override
    public void put(SeriesKey series, int index, byte[] value) {
        store.put(StoreKeys.of(series, index), value);
    }

    @Override
    public byte[] read(SeriesKey series, int index) {
        byte[] value = store.get(StoreKeys.of(series, index));
        if (value == null) {
            throw new IllegalStateException("chunk " + index + " of series " + series + " is missing in the store");
        }
        return value;
    }
}
