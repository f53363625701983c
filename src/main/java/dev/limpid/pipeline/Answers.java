package dev.limpid.pipeline;

import org.jspecify.annotations.Nullable;

/** Makes cleaned blocks of the samples that became final and hands them to the emitter. */
final class Answers<R> {
    private final Granularity granularity;
    private final int channels;
    private final Merging merging;
    private final boolean more;
    private final Emitter<R> emitter;
    private final Tally tally;
    private final CleanedBlock block;

    Answers(PipelineSpec spec, Emitter<R> emitter, Tally tally) {
        this.granularity = spec.granularity();
        this.channels = spec.channels().size();
        this.emitter = emitter;
        this.tally = tally;
        this.merging = spec.merging();
        this.more = merging.planes(channels) > channels;
        this.block = new CleanedBlock(channels);
    }

    /** Moves the series' finality on and emits what became final with it. */
    void advance(Due<R> due) {
        SeriesState<R> series = due.series();
        long from = series.finalBefore;
        series.finalBefore = Math.max(from, due.finalBefore());
        if (due.wallClock()) {
            tally.wallClockEnd();
        }
        if (granularity == Granularity.HOP) {
            hop(due, from, Math.min(due.finalBefore(), due.frontier()));
            return;
        }
        answer(due);
    }

    /** The records that can leave now. */
    private void answer(Due<R> due) {
        SeriesState<R> series = due.series();
        Waiting<R> next = series.waiting.peek();
        while (next != null && next.finalAt() <= series.finalBefore) {
            record(due, next);
            series.answeredHead();
            next = series.waiting.peek();
        }
    }

    /**
     * Whether a window is the only one over its slots and nothing is held back for them: all of them become final with it, as every
     * window's do where windows do not overlap; of records, it is exactly the next to be answered. Then its values are the answer and
     * need no way through the overlap-add and the ring, which was 10 % of the CPU of blocks (perf).
     */
    boolean alone(Due<R> due, Due.Window window) {
        SeriesState<R> series = due.series();
        return !window.rerun()
                && window.addFrom() == window.start()
                && series.finalBefore == window.start()
                && due.finalBefore() == window.end()
                && (granularity == Granularity.HOP ? series.gridded() : !more && holds(series.waiting.peek(), window));
    }

    private static boolean holds(@Nullable Waiting<?> record, Due.Window window) {
        return record != null
                && record.passing() == null
                && record.firstSlot() == window.start()
                && record.finalAt() == window.end();
    }

    /**
     * Emits the slots of a window that is {@link #alone}, all of them observed, and what waited for no more than that.
     *
     * @param raw {@code [channel][time]}, as is {@code clean}
     */
    void whole(Due<R> due, Due.Window window, float[] raw, float[] clean) {
        SeriesState<R> series = due.series();
        series.finalBefore = window.end();
        if (due.wallClock()) {
            tally.wallClockEnd();
        }
        begin(true, due.segment(), window.start(), window.end(), due.wallClock());
        block.cleaned(raw, clean);
        if (series.gridded()) {
            block.grid(due.segment(), window.start());
        } else {
            block.times(window.startMs());
        }
        tally.left(Quality.CLEANED, block.length());
        if (granularity == Granularity.HOP) {
            emitter.hop(series.key(), block);
        } else {
            emitter.record(series.key(), series.waiting.element().record(), block);
            series.answeredHead();
            answer(due);
        }
    }

    /** Samples on which no window waits. */
    void pass(SeriesState<R> series, Due.Passed passed) {
        block.begin(null, false, Float.NaN, false);
        for (int i = 0; i < passed.qualities().length; i++) {
            Quality quality = Quality.of(passed.qualities()[i]);
            pass(block.add(passed.timesMs()[i], quality), passed.values(), i);
            tally.left(quality, 1);
        }
        emitter.hop(series.key(), block);
    }

    private void hop(Due<R> due, long from, long to) {
        if (from >= to) {
            return;
        }
        SeriesState<R> series = due.series();
        Segment segment = due.segment();
        boolean covered = series.overlap.covered(from, to);
        begin(covered || anyCovered(series, from, to), segment, from, to, due.wallClock());
        if (series.gridded()) {
            block.grid(segment, from);
        }
        if (series.gridded() && whole(series, segment, from, to)) {
            block.cleaned(series.samples, series.overlap, from, to);
            tally.left(Quality.CLEANED, to - from);
        } else {
            for (long slot = from; slot < to; slot++) {
                // an empty slot of a series without a grid does not exist
                Quality quality = slot(due, segment, slot, ownTime(series, slot));
                if (series.samples.filled(slot)) {
                    tally.left(quality, 1);
                } else {
                    tally.fill();
                }
            }
        }
        emitter.hop(series.key(), block);
    }

    private void record(Due<R> due, Waiting<R> record) {
        SeriesState<R> series = due.series();
        Waiting.Passing passing = record.passing();
        Segment segment = record.segment();
        long firstSlot = record.firstSlot();
        begin(contributes(series, record), segment, record.neededFrom(), record.finalAt(), due.wallClock());
        if (series.gridded()) {
            block.grid(segment, firstSlot);
        }
        boolean masked = due.window() != null && due.window().stuck() != null;
        if (passing == null && !masked && record.length() > 1 && whole(series, segment, firstSlot, record.finalAt())) {
            block.cleaned(series.samples, series.overlap, firstSlot, record.finalAt());
            if (!series.gridded()) {
                block.times(series.samples.timeMs(firstSlot));
            }
            tally.left(Quality.CLEANED, record.length());
            emitter.record(series.key(), record.record(), block);
            return;
        }
        for (int i = 0; i < record.length(); i++) {
            long timestampMs = ownTime(series, firstSlot + i);
            Quality quality;
            if (passing != null && passing.passed()[i] >= 0) {
                quality = Quality.of(passing.passed()[i]);
                pass(block.add(timestampMs, quality), passing.raw(), i);
            } else {
                quality = slot(due, segment, firstSlot + i, timestampMs);
            }
            tally.left(quality, 1);
        }
        emitter.record(series.key(), record.record(), block);
    }

    /** Whether all of the slots {@code [from, to)} were observed and have the model's values. */
    private boolean whole(SeriesState<?> series, Segment segment, long from, long to) {
        return !more
                && series.overlap.covered(from, to)
                && !segment.filtered.any(from, to)
                && series.samples.complete(from, to);
    }

    /** Time of a sample of a series without a time grid; with one, the block has it. */
    private static long ownTime(SeriesState<?> series, long slot) {
        return series.gridded() ? 0 : series.samples.timeMs(slot);
    }

    /** Begins a block of the slots {@code [from, to)}, with the newest model that gave them values, if they are covered. */
    private void begin(boolean covered, Segment segment, long from, long to, boolean wallClock) {
        Contributors models = segment.contributors;
        if (covered) {
            block.begin(models.newest(from, to), models.several(from, to), segment.score, wallClock);
        } else {
            block.begin(null, false, Float.NaN, wallClock);
        }
    }

    private void pass(int index, float[] values, int time) {
        for (int c = 0; c < channels; c++) {
            float value = values[time * channels + c];
            block.set(index, c, value, value);
        }
    }

    /** Appends the sample in {@code slot} and gives its quality. */
    private Quality slot(Due<R> due, Segment segment, long slot, long timestampMs) {
        SeriesState<R> series = due.series();
        boolean covered = series.overlap.covered(slot);
        boolean complete = due.window() == null || !due.window().masked(slot);
        for (int c = 0; c < channels; c++) {
            complete &= Float.isFinite(series.samples.value(slot, c));
        }
        Quality quality;
        if (covered) {
            boolean filtered = segment.filtered.any(slot, slot + 1);
            quality = filtered
                    ? Quality.FALLBACK
                    : merging.quality(complete, series.samples.value(slot, 0), series.overlap, slot);
        } else {
            quality = series.overlap.failed(slot) ? Quality.FAILED : Quality.MISSING;
        }
        int index = block.add(timestampMs, quality);
        for (int c = 0; c < channels; c++) {
            float raw = series.samples.value(slot, c);
            block.set(index, c, raw, covered ? series.overlap.mean(slot, c) : raw);
        }
        if (covered) {
            merging.tell(series.overlap, slot, block, index);
        }
        return quality;
    }

    private static boolean anyCovered(SeriesState<?> series, long from, long to) {
        for (long slot = from; slot < to; slot++) {
            if (series.overlap.covered(slot)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contributes(SeriesState<?> series, Waiting<?> record) {
        for (int i = 0; i < record.length(); i++) {
            if (record.passed(i) < 0 && series.overlap.covered(record.firstSlot() + i)) {
                return true;
            }
        }
        return false;
    }
}
