package dev.limpid.score;

import dev.limpid.model.Compared;
import dev.limpid.model.Compared.Figures;
import dev.limpid.model.ModelSpec;
import dev.limpid.signal.OverlapAdd;
import dev.limpid.signal.SeriesKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares a shadow with the model in force, window by window. Both begin without history at the first window of a series that is
 * compared, and see the same ones, so neither is ahead in what its alert rule has learned. Confined to one thread.
 *
 * <p>The error is the distance from what was measured, in units of the residual scale of the model in force for both: a scale of its own
 * for each would hide the difference, for each is calibrated to score about 1. The scores are each model's own: they are what its alerts
 * come from. Models with a score of their own are compared by that alone: it is in units of their threshold, and what they clean may be no
 * numbers.
 */
public final class ShadowComparison {
    /** Series whose alert states are kept, those seen last: about 2 MB. Others begin anew, for both models. */
    private static final int MOST_SERIES = 10_000;

    private final ModelSpec inForce;
    private final ModelSpec shadow;
    private final ModelSpec residual;
    private final AlertRule rule;
    private final Scorer scorer;
    private final Side ofInForce = new Side();
    private final Side ofShadow = new Side();
    private final Map<SeriesKey, Pair> states = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SeriesKey, Pair> eldest) {
            return size() > MOST_SERIES;
        }
    };
    private final float[] x;
    private final float[] observed;
    private final float[] clean;
    private long windows;
    private long apart;

    private record Pair(AlertState inForce, AlertState shadow) {
        static final Pair NEW = new Pair(AlertState.NEW, AlertState.NEW);
    }

    private static final class Side {
        final ScoreHistogram scores = new ScoreHistogram();
        double errors;
        long alerts;
        long failed;

        Figures figures(long windows, long nanosPerWindow) {
            return new Figures(
                    windows == 0 ? 0 : errors / windows,
                    scores.quantiles(Compared.PROBABILITIES),
                    alerts,
                    failed,
                    nanosPerWindow);
        }
    }

    /** Compares two models of the same channels and window. */
    public ShadowComparison(AlertSpec alerts, ModelSpec inForce, ModelSpec shadow) {
        int channels = inForce.channels().size();
        this.inForce = inForce;
        this.shadow = shadow;
        this.residual = new ModelSpec(
                inForce.id(),
                inForce.length(),
                inForce.channels(),
                inForce.observed(),
                false,
                inForce.scoreQuantiles());
        this.rule = new AlertRule(alerts);
        this.scorer = new Scorer(channels, inForce.length());
        this.x = new float[channels * inForce.length()];
        this.observed = new float[x.length];
        this.clean = new float[x.length];
    }

    /** The model in force that it is about. */
    public ModelSpec inForce() {
        return inForce;
    }

    /**
     * Takes a window that both have run.
     *
     * @param shadowClean the shadow's {@code clean} output
     * @param shadowError its {@code error} output; of no meaning if its spec has none
     * @param shadowScore its {@code score} output; of no meaning if its spec has none
     * @return whether the shadow did it: all it gave is finite
     */
    public boolean compare(RanWindow window, float[] shadowClean, float[] shadowError, float shadowScore) {
        window.x().copyTo(x);
        window.observed().copyTo(observed);
        float score = Float.NaN;
        if (OverlapAdd.addable(shadowClean, clean)) {
            score = shadow.outputs().score()
                    ? shadowScore
                    : scorer.score(shadow, x, observed, shadow.error() ? shadowError : shadowClean);
        }
        boolean done = Float.isFinite(score);
        boolean both = done && Float.isFinite(window.score().score());
        if (both) {
            windows++;
            ofShadow.scores.add(score);
            window.clean().copyTo(clean);
            ofInForce.scores.add(window.score().score());
            boolean own = shadow.outputs().score();
            ofShadow.errors += own ? score : scorer.score(residual, x, observed, shadowClean);
            ofInForce.errors += own ? window.score().score() : scorer.score(residual, x, observed, clean);
        }
        judge(window, done ? score : Float.NaN);
        return done;
    }

    /** Takes a window on which the shadow failed. */
    public void failed(RanWindow window) {
        judge(window, Float.NaN);
    }

    private void judge(RanWindow window, float score) {
        WindowScore own = window.score();
        ofInForce.failed += Float.isFinite(own.score()) ? 0 : 1;
        ofShadow.failed += Float.isFinite(score) ? 0 : 1;
        WindowScore other = new WindowScore(
                own.startMs(),
                own.endMs(),
                score,
                own.shares(),
                own.observed(),
                shadow.id(),
                Float.isNaN(score) ? "failed" : "");
        Pair before = states.getOrDefault(window.series(), Pair.NEW);
        Pair after = new Pair(
                judge(before.inForce(), own, inForce, ofInForce), judge(before.shadow(), other, shadow, ofShadow));
        states.put(window.series(), after);
        apart += after.inForce().raised() == after.shadow().raised() ? 0 : 1;
    }

    private AlertState judge(AlertState state, WindowScore score, ModelSpec model, Side side) {
        AlertRule.Verdict verdict = rule.judge(state, score, model);
        Alert alert = verdict.alert();
        side.alerts += alert != null && alert.state() == Alert.State.RAISED ? 1 : 0;
        return verdict.state();
    }

    /**
     * What was found so far.
     *
     * @param dropped windows that were not compared for want of time
     */
    public Compared compared(long dropped, long inForceNanosPerWindow, long shadowNanosPerWindow) {
        return new Compared(
                windows,
                dropped,
                apart,
                ofInForce.figures(windows, inForceNanosPerWindow),
                ofShadow.figures(windows, shadowNanosPerWindow));
    }
}
