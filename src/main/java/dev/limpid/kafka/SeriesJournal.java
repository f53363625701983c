package dev.limpid.kafka;

import dev.limpid.codec.ByteWriter;
import dev.limpid.codec.JournalEntries;
import dev.limpid.codec.SeriesChunk;
import dev.limpid.codec.SeriesChunkLayout;
import dev.limpid.pipeline.SeriesHead;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckEvidence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one series: the entries since the last commit, and which chunks of the store hold the older ones that are
 * still needed. A commit writes one chunk with what is new; every {@value #MERGE} small chunks become one, so that a slow series
 * does not have a chunk per sample. Confined to the task's thread.
 */
final class SeriesJournal {
    /** No store record is greater than 256 KiB: entries up to here, one more of up to 224 KiB begins a new chunk. */
    static final int CHUNK_BYTES = 224 * 1024;

    /** Small chunks that are merged with the next one. */
    static final int MERGE = 15;

    private static final int MERGED_BYTES = 1024;
    /** What a chunk has room for beside its entries and the fixed part of its head; more evidence against pixels is written by itself. */
    private static final int SPARE_BYTES = 30 * 1024;

    /** A chunk in the store whose entries are still needed. */
    record Live(int index, long sequence, long covers, long records, long firstSlot, long maxEnd, int bytes) {}

    /** Where chunks go. */
    interface Target {
        void put(SeriesKey series, int index, byte[] value);

        byte[] read(SeriesKey series, int index);
    }

    private final SeriesState<SourceRecord> state;
    private final JournalEntries.Shape shape;
    private final Deque<Live> live = new ArrayDeque<>();
    private final BitSet used = new BitSet();
    private final List<JournalEntries> sealed = new ArrayList<>(0);
    private JournalEntries pending = new JournalEntries();
    private boolean dirty;
    private boolean removed;
    private int indices;
    private long nextSequence;
    private final HeadPart<SeriesChunk.Segment> segment = new HeadPart<>(null);
    private final HeadPart<AlertState> alert = new HeadPart<>(null);
    private final HeadPart<GuardState> guard = new HeadPart<>(GuardState.NEW);
    private final HeadPart<StuckEvidence> stuck = new HeadPart<>(StuckEvidence.NONE);

    SeriesJournal(SeriesState<SourceRecord> state, JournalEntries.Shape shape) {
        this.state = state;
        this.shape = shape;
    }

    /**
     * Takes up what the store holds.
     *
     * @param chunks the live ones, oldest first
     * @param indices how many indices it uses
     * @param guarded whether any of the chunks has a guard
     * @param stuckPixels whether any has stuck pixels
     */
    void resume(List<Live> chunks, int indices, long nextSequence, boolean guarded, boolean stuckPixels) {
        // the next write has them anew, as segment and alert
        guard.resume(guarded);
        stuck.resume(stuckPixels);
        live.addAll(chunks);
        for (Live chunk : chunks) {
            used.set(chunk.index());
        }
        this.indices = indices;
        this.nextSequence = nextSequence;
    }

    SeriesState<SourceRecord> state() {
        return state;
    }

    /** How many chunk indices the series has in the store, stale ones included. */
    int indices() {
        return indices;
    }

    /** The series is gone: nothing of it is to be written any more. */
    void remove() {
        removed = true;
    }

    /** Marks the series as changed; false if it was already. */
    boolean touch() {
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    void placed(ByteWriter record, Block block, long firstSlot, byte @Nullable [] passed) {
        room(record.size()).addBytes(block.timestampMs(), firstSlot, block.length(), passed, record);
    }

    private JournalEntries room(int bytes) {
        if (pending.count() > 0 && pending.size() + bytes > CHUNK_BYTES) {
            sealed.add(pending);
            pending = new JournalEntries();
        }
        return pending;
    }

    /** Writes what changed since the last call; the pipeline has just been flushed. */
    void persist(Target target, ByteWriter scratch, Block stretch) {
        if (removed) {
            return;
        }
        SeriesHead head = state.head();
        release(head.answered(), state.retainFrom());
        if (shape.floats()) {
            persistSamples(target, scratch, head, stretch);
        } else {
            persistRecords(target, scratch, head);
        }
        sealed.clear();
        renew();
        dirty = false;
    }

    private void renew() {
        if (pending.size() > MERGED_BYTES) {
            pending = new JournalEntries();
        } else {
            pending.clear();
        }
    }

    /**
     * Writes the records placed since the last call, but for those that were answered meanwhile and that no window to come needs.
     *
     * <p>A reader numbers a chunk's entries back from its {@code records}. So what is left out between two chunks that merge, or behind
     * them, makes the numbers of those before it too high. They stay below {@code answered} nevertheless: a record is only left out if it and
     * all before it are answered, and none before it gets a number above its own. Of an answered record a reader needs no more than that.
     */
    private void persistRecords(Target target, ByteWriter scratch, SeriesHead head) {
        long records = head.records() - pending.count();
        for (JournalEntries entries : sealed) {
            records -= entries.count();
        }
        if (2 * head.stuck().size() > SPARE_BYTES) {
            write(target, scratch, head, new JournalEntries(), records, nextSequence);
        }
        for (JournalEntries entries : sealed) {
            records += entries.count();
            if (needed(records, entries.maxEnd(), head.answered(), state.retainFrom())) {
                write(target, scratch, head, entries, records, nextSequence);
            }
        }
        if (!needed(head.records(), pending.maxEnd(), head.answered(), state.retainFrom())) {
            renew();
        }
        List<Live> small = small();
        if (small.isEmpty()) {
            write(target, scratch, head, pending, head.records(), nextSequence);
            return;
        }
        JournalEntries merged = new JournalEntries();
        for (Live chunk : small) {
            byte[] value = target.read(state.key(), chunk.index());
            addAll(merged, SeriesChunkLayout.decode(value, shape).entries());
        }
        addAll(merged, pending.reader(shape));
        pending = merged;
        write(target, scratch, head, pending, head.records(), replace(small));
    }

    /** Writes the samples that the store does not have yet; what came and went since the last call is not among them. */
    private void persistSamples(Target target, ByteWriter scratch, SeriesHead head, Block stretch) {
        List<Live> small = small();
        for (Live chunk : small) {
            state.unsave(chunk.firstSlot());
        }
        int most = CHUNK_BYTES / (shape.channels() * Float.BYTES);
        for (long slot = state.unsaved(Long.MIN_VALUE, stretch);
                stretch.length() > 0;
                slot = state.unsaved(slot, stretch)) {
            for (int at = 0; at < stretch.length(); at += most) {
                int count = Math.min(most, stretch.length() - at);
                room(count * shape.channels() * Float.BYTES).addFloats(stretch, slot + at, at, count);
            }
            slot += stretch.length();
        }
        state.saved();
        sealed.add(pending);
        long covers = small.isEmpty() ? nextSequence : replace(small);
        for (JournalEntries entries : sealed) {
            write(target, scratch, head, entries, head.records(), covers);
            covers = nextSequence;
        }
    }

    private void release(long answered, long retainFrom) {
        while (!live.isEmpty()) {
            Live oldest = live.peekFirst();
            if (needed(oldest.records(), oldest.maxEnd(), answered, retainFrom)) {
                return;
            }
            used.clear(oldest.index());
            live.removeFirst();
        }
    }

    /** Whether entries are: the last of them is the series' record {@code records - 1}, and they reach to slot {@code maxEnd}. */
    private static boolean needed(long records, long maxEnd, long answered, long retainFrom) {
        return records > answered || maxEnd > retainFrom;
    }

    /** The newest small chunks, oldest first, if there are enough of them to be merged with the next. */
    private List<Live> small() {
        List<Live> small = new ArrayList<>(MERGE);
        int bytes = 0;
        for (Iterator<Live> newest = live.descendingIterator(); newest.hasNext() && small.size() < MERGE; ) {
            Live chunk = newest.next();
            bytes += chunk.bytes();
            if (chunk.covers() != chunk.sequence() || bytes > MERGED_BYTES) {
                break;
            }
            small.add(0, chunk);
        }
        return small.size() < MERGE ? List.of() : small;
    }

    /** Frees the newest chunks, which the next one replaces; gives what that covers. */
    private long replace(List<Live> newest) {
        for (Live chunk : newest) {
            used.clear(chunk.index());
            live.removeLast();
        }
        return newest.get(0).covers();
    }

    private static void addAll(JournalEntries into, JournalEntries.Reader entries) {
        while (entries.next()) {
            into.add(entries);
        }
    }

    private void write(
            Target target, ByteWriter scratch, SeriesHead head, JournalEntries entries, long records, long covers) {
        long sequence = nextSequence++;
        long firstLive = live.isEmpty() ? sequence : live.getFirst().sequence();
        SeriesChunk chunk = new SeriesChunk(
                sequence,
                covers,
                firstLive,
                records,
                entries.count(),
                head.answered(),
                head.frontier(),
                head.nextWindow(),
                head.finalBefore(),
                head.lastMs() - shape.baseMs(head),
                head.streamMs() - shape.baseMs(head),
                head.open(),
                segment.due(SeriesChunk.Segment.of(head), sequence, firstLive, covers),
                alert.due(head.alert(), sequence, firstLive, covers),
                guard.due(head.guard(), sequence, firstLive, covers),
                stuck.due(head.stuck(), sequence, firstLive, covers));
        int index = used.nextClearBit(0);
        used.set(index);
        indices = Math.max(indices, index + 1);
        live.addLast(new Live(index, sequence, covers, records, entries.firstSlot(), entries.maxEnd(), entries.size()));
        target.put(state.key(), index, SeriesChunkLayout.encode(chunk, entries, scratch));
    }
}
