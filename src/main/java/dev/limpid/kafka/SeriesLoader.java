package dev.limpid.kafka;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.JournalEntries;
import dev.limpid.codec.SeriesChunk;
import dev.limpid.codec.SeriesChunkLayout;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SeriesHead;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckEvidence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Brings the series of a task back from its store: finds the live chunks of each, restores the head, replays the entries. */
final class SeriesLoader {
    private final PipelineSpec spec;
    private final Decoder decoder;
    private final JournalEntries.Shape shape;
    private final Block block;

    /** @param decoder the definition's decoder: journalled records are decoded again */
    SeriesLoader(PipelineSpec spec, Decoder decoder) {
        this.spec = spec;
        this.decoder = decoder;
        this.shape = KafkaSeriesStore.shape(spec);
        this.block = new Block(spec.channels().size());
    }

    private record Stored(int index, SeriesChunk chunk, JournalEntries.Reader entries) {}

    void load(KeyValueStore<Bytes, byte[]> from, KafkaSeriesStore into) {
        Map<SeriesKey, List<Stored>> chunks = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = from.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                SeriesChunkLayout.Decoded decoded = SeriesChunkLayout.decode(entry.value, shape);
                chunks.computeIfAbsent(StoreKeys.series(entry.key), key -> new ArrayList<>())
                        .add(new Stored(StoreKeys.index(entry.key), decoded.chunk(), decoded.entries()));
            }
        }
        chunks.forEach((key, stored) -> into.restored(load(key, stored)));
    }

    private SeriesJournal load(SeriesKey key, List<Stored> stored) {
        int indices = 1 + stored.stream().mapToInt(Stored::index).max().orElse(-1);
        Deque<Stored> live = live(stored);
        SeriesChunk newest = live.getLast().chunk();
        SeriesState<SourceRecord> state = SeriesState.restore(key, spec, head(key, newest, live));
        List<SeriesJournal.Live> chunks = new ArrayList<>();
        for (Stored each : live) {
            SeriesChunk chunk = each.chunk();
            Replayed replayed = replay(state, chunk, each.entries());
            chunks.add(new SeriesJournal.Live(
                    each.index(),
                    chunk.sequence(),
                    chunk.covers(),
                    chunk.records(),
                    replayed.firstSlot(),
                    replayed.maxEnd(),
                    replayed.bytes()));
        }
        SeriesJournal journal = new SeriesJournal(state, shape);
        boolean guarded = live.stream().anyMatch(each -> each.chunk().guard() != null);
        boolean stuck = live.stream().anyMatch(each -> each.chunk().stuck() != null);
        journal.resume(chunks, indices, newest.sequence() + 1, guarded, stuck);
        return journal;
    }

    /** The chunks that are not stale, oldest first. */
    private static Deque<Stored> live(List<Stored> stored) {
        stored.sort(Comparator.comparingLong((Stored each) -> each.chunk().sequence())
                .reversed());
        long firstLive = stored.get(0).chunk().firstLive();
        long before = Long.MAX_VALUE;
        Deque<Stored> live = new ArrayDeque<>();
        for (Stored each : stored) {
            long sequence = each.chunk().sequence();
            if (sequence >= firstLive && sequence < before) {
                live.addFirst(each);
                before = each.chunk().covers();
            }
        }
        return live;
    }

    private SeriesHead head(SeriesKey key, SeriesChunk newest, Deque<Stored> live) {
        SeriesChunk.Segment segment = null;
        AlertState alert = null;
        GuardState guard = GuardState.NEW;
        StuckEvidence stuck = StuckEvidence.NONE;
        for (Stored each : live) {
            segment = each.chunk().segment() == null ? segment : each.chunk().segment();
            alert = each.chunk().alert() == null ? alert : each.chunk().alert();
            guard = each.chunk().guard() == null ? guard : each.chunk().guard();
            stuck = each.chunk().stuck() == null ? stuck : each.chunk().stuck();
        }
        if (segment == null || alert == null) {
            throw new IllegalStateException(
                    "state of series " + key + " is damaged: no chunk holds its segment and alert");
        }
        return newest.head(segment, alert, guard, stuck, shape);
    }

    private record Replayed(long firstSlot, long maxEnd, int bytes) {}

    private Replayed replay(SeriesState<SourceRecord> state, SeriesChunk chunk, JournalEntries.Reader entries) {
        long index = chunk.records() - chunk.count();
        long firstSlot = Long.MAX_VALUE;
        long maxEnd = Long.MIN_VALUE;
        int start = entries.position();
        while (entries.next()) {
            SourceRecord record = SourceRecord.NONE;
            if (shape.floats()) {
                entries.readFloats(block);
            } else {
                record = SourceRecord.readFrom(entries.payload(), state.key(), entries.timeMs());
                String problem = decoder.decode(record.value(), record.timestampMs(), block);
                if (problem != null) {
                    throw new IllegalStateException(
                            "a journalled record of series " + state.key() + " does not decode: " + problem);
                }
            }
            state.replay(index++, record, block, entries.firstSlot(), entries.passed());
            firstSlot = Math.min(firstSlot, entries.firstSlot());
            maxEnd = Math.max(maxEnd, entries.firstSlot() + entries.samples());
        }
        return new Replayed(firstSlot, maxEnd, entries.position() - start);
    }
}
