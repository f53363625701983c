package dev.limpid.pipeline;

import dev.limpid.model.ModelSlot;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of the data of one partition: blocks of samples go in, cleaned blocks, scores and alerts come out.
 *
 * <pre>
 * Block ─append→ SeriesState ─due→ Window ─collect→ WindowBatch ─Denoiser→ Reconstruction
 *       ─overlap-add→ CleanedBlock      ─residual→ WindowScore ─AlertRule→ Alert
 * </pre>
 *
 * <p>An example with length 4, hop 2, lookahead 4, slots from 0 on: slot 3 completes window 0, which makes the slots 0 and 1
 * final; slot 5 completes window 1 (slots 2 to 5) and makes 2 and 3 final, the weighted mean of both windows. A sample for
 * slot 1 that comes now is late. A record leaves when it is the oldest of its series and all its slots are final.
 *
 * <p>Drivers are the Kafka processor, {@code limpid denoise} and the trainer's evaluation; the same input and the same segment
 * ends give the same bytes in all of them. Windows are cut when their last slot is reached, whenever the batch runs, so neither
 * batch size nor commit time nor a restart shows in the output. Confined to one thread; an exception from a port leaves the
 * pipeline unusable.
 *
 * <p>Where to read on: {@link SeriesState} (where a sample goes), {@code BatchRunner} (windows through the model),
 * {@code WindowOutcome} (what comes of one), {@code Answers} (what leaves). When a segment ends, and why so, is told in
 * docs/design/0002-segments.md.
 *
 * @param <R> the driver's record, kept until it is answered and never looked into
 */
public final class Pipeline<R> {
    private final PipelineSpec spec;
    private final SeriesStore<R> store;
    private final BatchRunner<R> runner;
    private final Tally tally = new Tally();
    /** The newest time of any sample of the partition, and where it stood when all series were looked through last. */
    private long streamMs = Long.MIN_VALUE;

    private long scannedMs;

    /** Takes up the series that {@code store} remembers; {@code slot} stays the caller's. */
    public Pipeline(PipelineSpec spec, ModelSlot slot, SeriesStore<R> store, Emitter<R> emitter) {
        this(spec, slot, store, emitter, WindowTap.NONE);
    }

    /** The same, while {@code tap} looks on. */
    public Pipeline(PipelineSpec spec, ModelSlot slot, SeriesStore<R> store, Emitter<R> emitter, WindowTap tap) {
        this.spec = spec;
        this.store = store;
        Answers<R> answers = new Answers<>(spec, emitter, tally);
        this.runner = new BatchRunner<>(spec, slot, new WindowOutcome<>(spec, store, emitter, answers, tap), tally);
        for (SeriesState<R> series : store.all()) {
            streamMs = Math.max(streamMs, series.streamMs);
            tally.accepted(series.pending());
        }
        scannedMs = streamMs;
    }

    /** Places the samples of one record, cuts the windows that are due, and runs the batch whenever it is full. */
    public void accept(SeriesKey key, R record, Block block) {
        SeriesState<R> series = upToDate(key);
        int length = block.length();
        long ms = block.timestampMs();
        long firstSlot = series.slotAt(ms);
        if (length > 0 && (!series.open || series.breaks(ms, firstSlot))) {
            if (series.open) {
                runner.cutLast(series, false);
            }
            series.begin(ms);
            firstSlot = series.frontier();
        }
        byte[] passed = series.passing(firstSlot, length);
        long lastMs = series.segment.lastTime(block, firstSlot);
        series.arrived(record, block, firstSlot, passed);
        tally.accepted(length);
        store.placed(series, record, block, firstSlot, passed);
        // what is late or a duplicate lies before the frontier, so it comes before any window this record completes
        if (length == 0 || passed != null) {
            letPass(series, block, firstSlot, passed);
        }
        for (int i = 0; i < length; ) {
            i += passed == null || passed[i] < 0
                    ? place(series, block, i, firstSlot + i, passed == null ? length - i : 1)
                    : 1;
        }
        if (length == 0) {
            return;
        }
        series.lastMs = Math.max(series.lastMs, lastMs);
        streamMs = Math.max(streamMs, lastMs);
        series.streamMs = streamMs;
        if (spec.segmentEnd().behind(block, series.frontier() - series.segment.slot)) {
            runner.cutLast(series, false);
        }
        if (scannedMs == Long.MIN_VALUE) {
            scannedMs = streamMs;
        } else if (streamMs - scannedMs > spec.idleFlushMs() / 4) {
            scan();
        }
    }

    /** The series of that key; one that was idle for too long has ended its segment, or begins anew. */
    private SeriesState<R> upToDate(SeriesKey key) {
        SeriesState<R> series = store.find(key);
        if (series != null) {
            long idleMs = streamMs - series.streamMs;
            if (idleMs > spec.idleFlushMs() && series.open) {
                runner.cutLast(series, false);
            }
            if (idleMs <= spec.expireAfterMs()) {
                return series;
            }
            runner.run();
            store.remove(series);
        }
        series = new SeriesState<>(key, spec);
        store.add(series);
        return series;
    }

    /** Puts up to {@code count} samples from {@code time} on into the slots from {@code slot} on; gives how many. */
    private int place(SeriesState<R> series, Block block, int time, long slot, int count) {
        if (slot < series.frontier()) {
            series.put(slot, block, time);
            return 1;
        }
        while (slot >= series.segment.windowEnd()) {
            series.advance(series.segment.windowEnd());
            runner.cut(series);
        }
        if (slot > series.frontier()) {
            series.advance(slot);
        }
        int placed = (int) Math.min(count, series.segment.windowEnd() - slot);
        series.append(block, time, placed);
        if (slot + placed == series.segment.windowEnd()) {
            runner.cut(series);
        }
        return placed;
    }

    private void letPass(SeriesState<R> series, Block block, long firstSlot, byte @Nullable [] passed) {
        if (spec.granularity() == Granularity.RECORD) {
            runner.answer(series);
        } else if (passed != null) {
            runner.pass(series, Due.Passed.of(block, series, firstSlot, passed));
        }
    }

    /**
     * Ends what is idle by stream time and forgets what has expired; seldom enough to cost nothing per sample. It cuts one
     * batch of windows at most and leaves the rest to the next records: a record with a time far ahead makes every series idle at
     * once, and all their windows in one call might outlast a transaction. Values do not depend on it, for a series'
     * own next record finds it idle anyway.
     */
    private void scan() {
        List<SeriesState<R>> expired = new ArrayList<>();
        int cuts = 0;
        scannedMs = streamMs;
        for (SeriesState<R> series : store.all()) {
            long idleMs = streamMs - series.streamMs;
            if (idleMs > spec.idleFlushMs() && series.open) {
                if (cuts++ == spec.maxWindows()) {
                    scannedMs = streamMs - spec.idleFlushMs();
                    break;
                }
                runner.cutLast(series, false);
            }
            if (idleMs > spec.expireAfterMs()) {
                expired.add(series);
            }
        }
        if (!expired.isEmpty()) {
            runner.run();
            expired.forEach(store::remove);
        }
    }

    /**
     * The whole partition is silent and caught up: completes open segments, marked as ended by the wall clock. It cuts one batch
     * of windows at most, for all of them in one call might outlast a transaction.
     *
     * @return whether open segments are left, for a further call after the next {@link #flush}
     */
    public boolean endSilent() {
        return end(true, spec.maxWindows());
    }

    /** The input is at its end: completes every open segment. */
    public void endAll() {
        end(false, Integer.MAX_VALUE);
    }

    private boolean end(boolean wallClock, int most) {
        int cuts = 0;
        for (SeriesState<R> series : store.all()) {
            if (series.open) {
                if (cuts++ == most) {
                    return true;
                }
                runner.cutLast(series, wallClock);
            }
        }
        return false;
    }

    /** Runs the pending windows and emits all that became final. Afterwards nothing but series state is held. */
    public void flush() {
        runner.run();
    }

    public Tally tally() {
        return tally;
    }
}
