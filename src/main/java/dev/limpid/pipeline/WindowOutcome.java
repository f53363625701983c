package dev.limpid.pipeline;

import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reason;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.score.AlertRule;
import dev.limpid.score.Scorer;
import dev.limpid.score.Surprisal;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Floats;
import dev.limpid.signal.OverlapAdd;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a window that was run: its share in the overlap-add, its score, its alert, and the answers that became final
 * with it.
 */
final class WindowOutcome<R> {
    private final SeriesStore<R> store;
    private final Emitter<R> emitter;
    private final Answers<R> answers;
    private final WindowTap tap;
    private final AlertRule alertRule;
    private final Scorer scorer;
    private final int length;
    private final int top;
    private final Merging merging;
    private final float[] weights;
    /** One window each, {@code [channel][time]}. */
    private final float[] x;

    private final float[] observed;
    private boolean ones;
    private final float[] clean;
    private final float[] error;
    private final float[] scratch;
    /** Of the first channel, {@code [time]}. */
    private final float[] contribution;
    /** {@code [plane][time]}: what the window proposes for its slots. */
    private final float[] proposed;

    private final @Nullable Guard guard;
    /** Of the window scored last. */
    private @Nullable Reason reason;

    WindowOutcome(PipelineSpec spec, SeriesStore<R> store, Emitter<R> emitter, Answers<R> answers, WindowTap tap) {
        int channels = spec.channels().size();
        this.store = store;
        this.emitter = emitter;
        this.answers = answers;
        this.tap = tap;
        this.alertRule = new AlertRule(spec.alerts());
        this.length = spec.window().length();
        this.top = spec.top();
        this.scorer = new Scorer(channels, length);
        this.merging = spec.merging();
        this.weights = merging.weights(length);
        this.x = new float[channels * length];
        this.observed = new float[x.length];
        this.clean = new float[x.length];
        this.error = new float[x.length];
        this.scratch = new float[x.length];
        this.contribution = new float[length];
        int planes = merging.planes(channels);
        this.proposed = planes == channels ? clean : new float[planes * length];
        this.guard = spec.fallback()
                .map(fallback -> new Guard(spec, fallback, x, observed, clean, error))
                .orElse(null);
    }

    /** @param failure why the window's run failed; null if it did not */
    void apply(
            Due<R> due, ModelSpec model, WindowBatch batch, Reconstruction reconstruction, @Nullable String failure) {
        SeriesState<R> series = due.series();
        Due.Window window = due.window();
        if (window != null) {
            if (window.row() >= 0) {
                batch.x().get(window.row() * x.length, x);
                boolean complete = window.observed() == 1f && window.end() - window.start() == length;
                if (!complete) {
                    batch.observed().get(window.row() * x.length, observed);
                } else if (!ones) {
                    Arrays.fill(observed, 1f);
                }
                ones = complete;
                reconstruction.clean().get(window.row() * x.length, clean);
                if (model.error()) {
                    reconstruction.error().get(window.row() * x.length, error);
                }
            }
            boolean done = window.row() >= 0 && failure == null && OverlapAdd.addable(clean, scratch);
            float score = done ? scored(due, model, reconstruction, window.row()) : Float.NaN;
            float[] filtered = guard == null ? null : filtered(guard, due, window, model, done);
            WindowDetail detail =
                    done && !window.rerun() && emitter.wantsDetails() ? detail(window, model, reconstruction) : null;
            if (done && ones && filtered == null && answers.alone(due, window)) {
                due.segment().contributors.add(model.id(), window.start(), window.end(), window.start());
                score(due, window, model, score);
                tell(series, detail);
                answers.whole(due, window, x, clean);
                store.changed(series);
                return;
            }
            prepare(series, window);
            if (done) {
                merging.propose(model, reconstruction, window.row(), x, clean, proposed, weights);
                add(due, window, model, filtered, score);
                tell(series, detail);
            } else {
                without(due, window, model, filtered, failure);
            }
        }
        Due.Passed passed = due.passed();
        if (passed != null) {
            answers.pass(series, passed);
        }
        answers.advance(due);
        store.changed(series);
    }

    private void tell(SeriesState<R> series, @Nullable WindowDetail detail) {
        if (detail != null) {
            emitter.detail(series.key(), detail);
        }
    }

    private WindowDetail detail(Due.Window window, ModelSpec model, Reconstruction reconstruction) {
        float[] residual = new float[x.length];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = ones || observed[i] != 0f ? Math.abs(x[i] - clean[i]) : Float.NaN;
        }
        float[] embedding = new float[model.outputs().embedding()];
        if (embedding.length > 0) {
            reconstruction.embedding(embedding.length).get(window.row() * embedding.length, embedding);
        }
        return new WindowDetail(
                window.startMs(), window.endMs(), model.id(), Floats.owning(residual), Floats.owning(embedding));
    }

    /** The window's values by the fallback filter, if that stands in for the model; else null. */
    private float @Nullable [] filtered(Guard guard, Due<R> due, Due.Window window, ModelSpec model, boolean done) {
        if (window.start() == due.segment().slot && !window.rerun()) {
            guard.begin(due.series());
        }
        if (window.row() < 0) {
            return null;
        }
        if (done && !guard.standsIn(due, window, model, ones)) {
            return null;
        }
        return guard.filtered(window, ones, done);
    }

    private void prepare(SeriesState<R> series, Due.Window window) {
        if (series.overlap.fits(window.end())) {
            series.overlap.extend(window.end());
        } else {
            series.overlap.room(series.unansweredFrom(), window.end());
        }
    }

    /** The share of a window that the model did. */
    private void add(Due<R> due, Due.Window window, ModelSpec model, float @Nullable [] filtered, float score) {
        OverlapAdd overlap = due.series().overlap;
        long from = share(due, window, filtered == null ? proposed : filtered, filtered != null);
        due.segment().contributors.add(model.id(), from, window.end(), overlap.from());
        score(due, window, model, score);
    }

    private long share(Due<R> due, Due.Window window, float[] values, boolean filtered) {
        OverlapAdd overlap = due.series().overlap;
        long from = Math.max(window.addFrom(), overlap.from());
        if (filtered && guard != null && guard.holes()) {
            overlap.addKnown(window.start(), values, weights, from, window.end());
        } else {
            merging.add(overlap, window.start(), values, weights, from, window.end());
        }
        if (filtered) {
            due.segment().filtered.add(from, window.end(), overlap.from());
        }
        return from;
    }

    /** What a window leaves that was not run, or that the model could not do. */
    private void without(
            Due<R> due, Due.Window window, ModelSpec model, float @Nullable [] filtered, @Nullable String failure) {
        SeriesState<R> series = due.series();
        if (window.row() < 0) {
            score(due, window, model, Float.NaN, "missing");
            return;
        }
        if (filtered == null) {
            series.overlap.fail(Math.max(window.addFrom(), series.overlap.from()), window.end());
        } else {
            long from = share(due, window, filtered, true);
            due.segment().contributors.add(model.id(), from, window.end(), series.overlap.from());
            due.segment().score = Float.NaN;
        }
        if (!window.rerun()) {
            String reason = failure == null ? "non-finite" : failure;
            emitter.failed(series.key(), new FailedWindow(window.startMs(), raw(), model.id(), reason));
        }
        score(due, window, model, Float.NaN, failure == null ? "non-finite" : "failed");
    }

    /** The score of the window at hand, its {@link #reason} and {@link #contribution}; NaN if it is not finite. It becomes its segment's. */
    private float scored(Due<R> due, ModelSpec model, Reconstruction reconstruction, int row) {
        float score = scorer.score(model, x, ones ? null : observed, model.error() ? error : clean);
        if (model.outputs().score()) {
            score = reconstruction.score().get(row);
        }
        due.segment().score = Float.isFinite(score) ? score : Float.NaN;
        reason = model.outputs().reason() ? Reason.of(reconstruction.reason().get(row)) : null;
        if (model.outputs().contribution()) {
            reconstruction.contribution().get(row * x.length, contribution);
        }
        return due.segment().score;
    }

    private void score(Due<R> due, Due.Window window, ModelSpec model, float score) {
        score(due, window, model, score, Float.isNaN(score) ? "non-finite" : "");
    }

    private void score(Due<R> due, Due.Window window, ModelSpec model, float score, String absence) {
        if (window.rerun()) {
            return;
        }
        SeriesState<R> series = due.series();
        WindowScore windowScore = new WindowScore(
                window.startMs(),
                window.endMs(),
                score,
                Float.isNaN(score) ? Floats.of() : scorer.shares(),
                window.observed(),
                model.id(),
                absence,
                Float.isNaN(score) ? List.of() : surprisals(due.segment(), window, model),
                Float.isNaN(score) ? null : reason);
        emitter.score(series.key(), windowScore);
        if (!model.outputs().score() && 2 * (window.end() - window.start()) < length) {
            // the end of a segment with little in it: a residual over so few samples is no evidence
            return;
        }
        AlertRule.Verdict verdict = alertRule.judge(series.alert, windowScore, model);
        series.alert = verdict.state();
        if (verdict.alert() != null) {
            emitter.alert(series.key(), verdict.alert());
        }
        if (window.row() >= 0 && tap.wants(series.key())) {
            tap.ran(series.key(), model, windowScore, x, observed, clean);
        }
    }

    /** What is told of the window's values, if the score is its own: of a score by the residual, the channels' shares tell. */
    private List<Surprisal> surprisals(Segment segment, Due.Window window, ModelSpec model) {
        if (!model.outputs().score() || !model.error()) {
            return List.of();
        }
        int length = (int) (window.end() - window.start());
        float[] shares = model.outputs().contribution() ? contribution : null;
        return Surprisal.of(x, error, shares, length, window.start() - segment.slot, top);
    }

    private Floats raw() {
        float[] raw = new float[x.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = observed[i] == 0f ? Float.NaN : x[i];
        }
        return Floats.owning(raw);
    }
}
