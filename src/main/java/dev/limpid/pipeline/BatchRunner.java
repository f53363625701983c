package dev.limpid.pipeline;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Held;
import dev.limpid.signal.StuckMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the due windows of many series, runs them through the model in force, and hands them on in the order in which
 * they were cut. If a run fails, its halves are tried, so that only the window at fault is lost.
 */
final class BatchRunner<R> {
    private final ModelSlot slot;
    private final WindowOutcome<R> outcome;
    private final WindowBatch batch;
    private final Reconstruction reconstruction;
    private final Tally tally;
    private final int length;
    private final int mostDue;
    private final List<Due<R>> due = new ArrayList<>();
    private final @Nullable String[] failures;
    /** One window, {@code [channel][time]}. */
    private final float[] x;

    private final float[] observed;
    /** Which rows of the batch say of every value that it was observed, as nearly all do in every batch. */
    private final boolean[] ones;

    BatchRunner(PipelineSpec spec, ModelSlot slot, WindowOutcome<R> outcome, Tally tally) {
        int channels = spec.channels().size();
        this.slot = slot;
        this.outcome = outcome;
        this.tally = tally;
        this.length = spec.window().length();
        this.batch = new WindowBatch(spec.maxWindows(), channels, length);
        this.reconstruction = new Reconstruction(spec.maxWindows(), channels, length);
        this.failures = new String[spec.maxWindows()];
        // windows without a value take no row: bound how many may wait, and with them what a series holds back
        this.mostDue = 4 * spec.maxWindows();
        this.x = new float[batch.windowSize()];
        this.observed = new float[batch.windowSize()];
        this.ones = new boolean[spec.maxWindows()];
    }

    /** Cuts the next window of the open segment, up to the frontier, and moves on to the one after it. */
    void cut(SeriesState<R> series) {
        rerun(series);
        long window = series.segment.nextWindow();
        long finalBefore = series.segment.finalBefore(window + 1);
        series.segment.nextWindow(window + 1);
        add(series, window(series, window, series.frontier(), false), null, finalBefore);
    }

    /** Cuts what is left of the segment, which has ended, masked beyond the frontier: all of it will be final. */
    void cutLast(SeriesState<R> series, boolean wallClock) {
        rerun(series);
        Due.@Nullable Window last = null;
        if (series.segment.lateBefore() < series.frontier()) {
            last = window(series, series.segment.nextWindow(), series.frontier(), false);
            series.segment.nextWindow(series.segment.nextWindow() + 1);
        }
        long frontier = series.frontier();
        series.end();
        due.add(new Due<>(series, series.segment, last, null, series.frontier(), frontier, wallClock));
        runIfFull();
    }

    /** Lets records leave that need no window, behind what is due before them. */
    void answer(SeriesState<R> series) {
        rerun(series);
        add(series, null, null, 0);
    }

    /** Passes samples through behind what is due before them. */
    void pass(SeriesState<R> series, Due.Passed passed) {
        rerun(series);
        add(series, null, passed, 0);
    }

    /** After a restart: the windows that overlap unanswered slots, for their share in the overlap-add. */
    private void rerun(SeriesState<R> series) {
        if (!series.rerun) {
            return;
        }
        for (long window = series.beginRerun(); window < series.segment.nextWindow(); window++) {
            long end = series.segment.windowStart(window) + length;
            add(series, window(series, window, end, true), null, 0);
        }
    }

    private Due.Window window(SeriesState<R> series, long window, long frontier, boolean rerun) {
        long start = series.segment.windowStart(window);
        long end = Math.min(start + length, frontier);
        int count = series.samples.window(start, length, x, observed);
        StuckMap stuck = series.stuck == null ? null : series.stuck.map();
        if (stuck != null) {
            count = masked(stuck, count, (int) (end - start));
        }
        int row = -1;
        if (count > 0) {
            row = batch.add();
            batch.x().put(row * x.length, x);
            boolean complete = count == x.length;
            if (!complete || !ones[row]) {
                if (complete) {
                    Arrays.fill(observed, 1f);
                }
                batch.observed().put(row * x.length, observed);
                ones[row] = complete;
            }
        }
        return new Due.Window(
                start,
                series.segment.finalBefore(window),
                end,
                series.timeOf(series.segment, start),
                series.timeOf(series.segment, end - 1),
                row,
                (float) count / ((end - start) * batch.channels()),
                stuck,
                rerun);
    }

    /** Makes the window at hand, of which {@code count} values are observed, missing where a pixel is stuck; gives what is left of them. */
    private int masked(StuckMap stuck, int count, int samples) {
        if (count == x.length) {
            Arrays.fill(observed, 1f);
        }
        return count - stuck.mask(x, observed, length, samples);
    }

    private void add(
            SeriesState<R> series, Due.@Nullable Window window, Due.@Nullable Passed passed, long finalBefore) {
        due.add(new Due<>(series, series.segment, window, passed, finalBefore, series.frontier(), false));
        runIfFull();
    }

    private void runIfFull() {
        if (batch.full() || due.size() >= mostDue) {
            run();
        }
    }

    /** Runs what is in the batch and hands on all that is due. */
    void run() {
        if (due.isEmpty()) {
            return;
        }
        try (ModelSlot.Lease lease = slot.lease()) {
            Denoiser denoiser = lease.denoiser();
            ModelSpec model = denoiser.spec();
            Arrays.fill(failures, null);
            if (batch.size() > 0) {
                check(model);
                if (model.holds()) {
                    hold();
                }
                denoise(denoiser, 0, batch.size());
                tally.ran(batch.size());
            }
            for (Due<R> next : due) {
                Due.Window window = next.window();
                String failure = window == null || window.row() < 0 ? null : failures[window.row()];
                outcome.apply(next, model, batch, reconstruction, failure);
            }
        }
        due.clear();
        batch.clear();
    }

    private void check(ModelSpec model) {
        if (model.length() != length || model.channels().size() != batch.channels()) {
            throw new IllegalStateException(
                    "model " + model.id() + " takes " + model.channels().size() + " channels x " + model.length()
                            + " samples, the pipeline has " + batch.channels() + " x " + length);
        }
    }

    private void denoise(Denoiser denoiser, int from, int to) {
        try {
            denoiser.denoise(batch, from, to, reconstruction);
            for (int row = from; row < to; row++) {
                String problem = denoiser.spec().outputs().problem(reconstruction, row, x.length);
                failures[row] = problem == null ? null : "failed: the model " + problem;
            }
        } catch (DenoiserException e) {
            if (to - from == 1) {
                failures[from] = "failed: " + e.getMessage();
            } else {
                int middle = (from + to) >>> 1;
                denoise(denoiser, from, middle);
                denoise(denoiser, middle, to);
            }
        }
    }

    /** For a model that can't be told: a missing value gets the last one held in its window, or the first to come. */
    private void hold() {
        for (int row = 0; row < batch.size(); row++) {
            batch.x().get(row * x.length, x);
            batch.observed().get(row * x.length, observed);
            for (int c = 0; c < batch.channels(); c++) {
                Held.fill(x, observed, c * length, (c + 1) * length);
            }
            batch.x().put(row * x.length, x);
        }
    }
}
