package dev.limpid.pipeline;

import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.Block;
import dev.limpid.signal.OverlapAdd;
import dev.limpid.signal.SampleRing;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckEvidence;
import dev.limpid.signal.StuckPixels;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stays of one series between records: the newest samples, the overlap-add means, the records not yet answered, and the
 * {@link SeriesHead}. Mutable, confined to the pipeline's thread.
 */
public final class SeriesState<R> {
    private final SeriesKey key;
    private final PipelineSpec spec;
    private final double sampleRateHz;
    private final boolean keepsRecords;
    /** Slots on a time grid, milliseconds without one. */
    private final long gapMax;

    private @Nullable Object attachment;

    final SampleRing samples;
    final OverlapAdd overlap;
    final ArrayDeque<Waiting<R>> waiting = new ArrayDeque<>(0);
    /** Of frames, if their stuck pixels are masked. */
    final @Nullable StuckPixels stuck;

    /** The segment that takes samples; the one that ended last if {@code open} is false. */
    Segment segment;

    boolean open;
    /** First slot that is not final, as far as the batch has run. */
    long finalBefore;

    long lastMs;
    long streamMs;
    AlertState alert = AlertState.NEW;
    GuardState guard = GuardState.NEW;
    /** Whether windows that still overlap unanswered slots must be run again, after a restart. */
    boolean rerun;

    private long frontier;
    private long unsavedFrom = Long.MAX_VALUE;
    private long records;
    private long answered;

    /** A series of which nothing is known yet. */
    public SeriesState(SeriesKey key, PipelineSpec spec) {
        this.key = key;
        this.spec = spec;
        this.sampleRateHz = spec.sampleRateHz();
        this.gapMax = sampleRateHz == 0 ? spec.gapMaxMs() : (long) (spec.gapMaxMs() * sampleRateHz / 1000 + 1e-9);
        this.keepsRecords = spec.granularity() == Granularity.RECORD;
        // small at first, so that thousands of series fit the processor's caches; they grow when they must
        int slots = spec.window().length() + spec.window().hop();
        this.samples = new SampleRing(spec.channels().size(), slots, sampleRateHz == 0);
        this.overlap = new OverlapAdd(
                spec.merging().planes(spec.channels().size()), spec.window().length());
        this.segment = new Segment(0, 0, spec, 0);
        this.stuck = spec.stuck()
                .map(rule -> new StuckPixels(rule, spec.channels().size()))
                .orElse(null);
    }

    public SeriesKey key() {
        return key;
    }

    /** What the {@link SeriesStore} attached (its journal), so that it needs no second map. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object attachment) {
        this.attachment = attachment;
    }

    /** A snapshot of the small part; complete only right after {@link Pipeline#flush}. */
    public SeriesHead head() {
        return new SeriesHead(
                segment.slot,
                segment.ms,
                open,
                frontier,
                segment.nextWindow(),
                finalBefore,
                lastMs,
                streamMs,
                records,
                keepsRecords ? answered : records,
                alert,
                guard,
                stuck == null ? StuckEvidence.NONE : stuck.evidence());
    }

    /** First slot whose sample is still needed: by a window not yet cut or answered, or as the frame that the next is compared with. */
    public long retainFrom() {
        long window = segment.windowStart(segment.firstWindowOver(unansweredFrom()));
        long before = stuck == null ? frontier : frontier - spec.window().hop();
        return open ? Math.min(window, before) : frontier;
    }

    /** First slot of the ring that an answer still needs. */
    long unansweredFrom() {
        long from = finalBefore;
        for (Waiting<R> record : waiting) {
            from = Math.min(from, record.neededFrom());
        }
        return from;
    }

    long frontier() {
        return frontier;
    }

    void begin(long timestampMs) {
        segment = new Segment(frontier, timestampMs, spec, 0);
        open = true;
        lastMs = timestampMs;
        advance(frontier); // the ring ends at the old segment's newest sample
    }

    /** Ends the segment; the next one begins past the padded end of its last window. */
    void end() {
        open = false;
        frontier = Math.max(frontier, segment.lateBefore());
    }

    boolean gridded() {
        return sampleRateHz > 0;
    }

    /** Where {@code timestampMs} falls; without a time grid, samples count. */
    long slotAt(long timestampMs) {
        return sampleRateHz == 0 ? frontier : segment.slotAt(timestampMs);
    }

    /**
     * Whether a sample there ends the open segment, by a gap or a step back longer than {@code gaps.max}: in slots on a
     * time grid, so that jitter does not count and a block is judged as its samples one by one.
     */
    boolean breaks(long timestampMs, long slot) {
        return gridded() ? Math.abs(slot - (frontier - 1)) > gapMax : Math.abs(timestampMs - lastMs) > gapMax;
    }

    /** Time of a slot in the ring. */
    long timeOf(Segment of, long slot) {
        return gridded() ? of.timeOf(slot) : samples.timeMs(slot);
    }

    /** What passes through of {@code length} samples from {@code firstSlot} on; see {@link SeriesStore#placed}. */
    byte @Nullable [] passing(long firstSlot, int length) {
        return firstSlot >= frontier ? null : segment.passing(firstSlot, length, frontier, samples);
    }

    void arrived(R record, Block block, long firstSlot, byte @Nullable [] passed) {
        records++;
        if (stuck != null) {
            stuck.see(block, firstSlot > segment.slot);
        }
        if (keepsRecords) {
            waiting.add(Waiting.of(record, segment, block, firstSlot, passed));
        }
    }

    void answeredHead() {
        waiting.remove();
        answered++;
    }

    /** Moves the frontier up to {@code slot}; the slots in between are empty. */
    void advance(long slot) {
        if (samples.fits(slot)) {
            samples.extend(slot);
        } else {
            samples.room(ringFrom(), slot);
        }
        frontier = slot;
    }

    /** Puts samples at the frontier and moves it on. */
    void append(Block block, int time, int count) {
        unsavedFrom = Math.min(unsavedFrom, frontier);
        if (!samples.fits(frontier + count)) {
            samples.keep(ringFrom(), count);
        }
        samples.append(block, time, count);
        frontier += count;
    }

    /** Puts a sample into an empty slot before the frontier. */
    void put(long slot, Block block, int time) {
        unsavedFrom = Math.min(unsavedFrom, slot);
        samples.put(slot, block, time, 1);
    }

    /**
     * Puts a stretch of the samples that were placed since {@link #saved} and are still needed, from slot {@code from} (at first any)
     * on, into {@code into} and gives the slot of its first; there are no more if {@code into} is empty. For a store that keeps samples.
     */
    public long unsaved(long from, Block into) {
        return samples.stretch(Math.max(from, Math.min(frontier, Math.max(unsavedFrom, retainFrom()))), frontier, into);
    }

    /** All samples placed so far are kept by the store. */
    public void saved() {
        unsavedFrom = Long.MAX_VALUE;
    }

    /** The store forgets the samples from slot {@code from} on. */
    public void unsave(long from) {
        unsavedFrom = Math.min(unsavedFrom, from);
    }

    /** First slot of which the ring must keep the sample: in {@link Granularity#HOP} all that {@link #unsaved} may have to give. */
    private long ringFrom() {
        if (rerun) {
            return retainFrom();
        }
        long next = keepsRecords ? segment.windowStart(segment.nextWindow()) : retainFrom();
        return Math.min(next, unansweredFrom());
    }

    /** Takes back, after a restart, the windows that are to be run again; gives the number of the first. */
    long beginRerun() {
        rerun = false;
        long first = segment.firstWindowOver(unansweredFrom());
        samples.room(Math.min(samples.from(), segment.windowStart(first)), samples.to());
        overlap.room(unansweredFrom(), unansweredFrom());
        return first;
    }

    /** Begins to bring a journalled series back; then {@link #replay} for every journalled record in order. */
    public static <R> SeriesState<R> restore(SeriesKey key, PipelineSpec spec, SeriesHead head) {
        SeriesState<R> state = new SeriesState<>(key, spec);
        state.segment = new Segment(head.segmentSlot(), head.segmentMs(), spec, head.nextWindow());
        state.open = head.open();
        state.frontier = head.frontier();
        state.finalBefore = head.finalBefore();
        state.lastMs = head.lastMs();
        state.streamMs = head.streamMs();
        state.records = head.records();
        state.answered = head.answered();
        state.alert = head.alert();
        state.guard = head.guard();
        if (state.stuck != null) {
            state.stuck.restore(head.stuck());
        }
        state.rerun = head.open();
        long from = head.open() ? state.segment.windowStart(head.nextWindow()) : head.frontier();
        state.samples.room(Math.min(from, head.frontier()), head.frontier());
        return state;
    }

    /**
     * Puts a journalled record back: its samples go to their slots; if it is not answered yet ({@code index >=
     * head.answered()}) it waits again. The overlap-add means come from running the windows again, with the next batch.
     *
     * @param index the record's number in the series, counted from 0
     * @param record may be null if it is answered, as in {@link Granularity#HOP} all are
     * @param passed as in {@link SeriesStore#placed}
     */
    public void replay(long index, @Nullable R record, Block block, long firstSlot, byte @Nullable [] passed) {
        if (index >= answered && keepsRecords) {
            waiting.add(Waiting.of(Objects.requireNonNull(record), segment, block, firstSlot, passed));
        }
        if (stuck != null && open) {
            stuck.last(block);
        }
        for (int i = 0; i < block.length(); i++) {
            long slot = firstSlot + i;
            if ((passed == null || passed[i] < 0) && slot >= segment.slot && slot < frontier) {
                if (slot < samples.from()) {
                    samples.room(slot, frontier);
                }
                samples.put(slot, block, i, 1);
            }
        }
    }

    /** Number of samples that have not left yet; right after a restore or a flush. */
    long pending() {
        if (!keepsRecords) {
            return open ? samples.countFilled(Math.max(finalBefore, samples.from()), frontier) : 0;
        }
        long pending = 0;
        for (Waiting<R> record : waiting) {
            pending += record.length();
        }
        return pending;
    }
}
