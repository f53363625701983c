package dev.limpid.score;

import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a series' window scores when its alert is raised and cleared. Stateless: what it remembers of a series is an
 * {@link AlertState}.
 *
 * <p>{@link AlertSpec.Above} needs no history. {@link AlertSpec.ByHistory} works on the logarithm of the score, where a doubling and a halving weigh the same: a flat line has <em>less</em>
 * residual than usual. The deviation of a window is its distance from the series' running median in scaled MADs
 * (1.4826·MAD, the standard deviation of a normal distribution). {@code raiseAfter} windows in a row beyond
 * {@code raiseDeviation} raise the alert, {@code clearAfter} in a row within {@code clearDeviation} clear it. A window of which
 * less than half was observed speaks for an alert too, so that a dropout is found. A window that the model could not do says
 * nothing.
 *
 * <p>Median and MAD start from the model's calibrated quantiles and follow the series by stochastic approximation (Robbins
 * and Monro 1951) with step 1/(n + 4), not below 1/512. The median moves along Huber's ψ (1964): in proportion to a small
 * deviation, at most as for one scaled MAD, so that an outlier hardly moves it. In a series' first 16 windows it moves as for
 * up to three, which finds a level far from the calibration, and no alert is raised. While one is raised, both stand still.
 */
public final class AlertRule {
    private static final int WARM_UP_WINDOWS = 16;
    private static final int PRIOR_WINDOWS = 4;
    private static final double LEAST_STEP = 1.0 / 512;
    private static final double NORMAL = 1.4826;
    private static final double LEAST_SCORE = 1e-6;
    private static final float LEAST_MAD = 0.02f;
    private static final float UNCALIBRATED_MAD = 0.3f;
    private static final float LEAST_OBSERVED = 0.5f;

    private final AlertSpec spec;

    public AlertRule(AlertSpec spec) {
        this.spec = spec;
    }

    /** How a window compares, and the state after it was learned from; a missing one has no deviation, and is anomalous. */
    private record Judged(AlertState state, float deviation, boolean anomalous, boolean normal) {}

    /** What a window changes: the state afterwards, and the alert it raised or cleared, if any. */
    public record Verdict(AlertState state, @Nullable Alert alert) {}

    public Verdict judge(AlertState before, WindowScore window, ModelSpec model) {
        boolean missing = window.observed() < LEAST_OBSERVED;
        if (!missing && Float.isNaN(window.score())) {
            return new Verdict(before, null);
        }
        Judged judged = spec instanceof AlertSpec.ByHistory history
                ? byHistory(before, window, model, missing, history)
                : above(before, window, missing, (AlertSpec.Above) spec);
        return judged.state().raised() ? mayClear(judged, window) : mayRaise(judged, window);
    }

    private static Judged above(AlertState state, WindowScore window, boolean missing, AlertSpec.Above above) {
        boolean anomalous = missing || window.score() > above.raiseScore();
        return new Judged(state, missing ? Float.NaN : window.score() / above.raiseScore(), anomalous, !anomalous);
    }

    private static Judged byHistory(
            AlertState before, WindowScore window, ModelSpec model, boolean missing, AlertSpec.ByHistory history) {
        double level = Math.log(Math.max(window.score(), LEAST_SCORE));
        AlertState state = before.modelHash() == hash(model) ? before : calibrated(before, model, level);
        float deviation = missing ? Float.NaN : (float) ((level - state.median()) / (NORMAL * state.mad()));
        boolean warmingUp = state.windows() < WARM_UP_WINDOWS;
        if (!missing && (warmingUp || !state.raised())) {
            state = learn(state, level);
        }
        // a missing deviation compares as false
        boolean far = Math.abs(deviation) >= history.raiseDeviation() && !warmingUp;
        return new Judged(state, deviation, missing || far, Math.abs(deviation) < history.clearDeviation());
    }

    private Verdict mayRaise(Judged judged, WindowScore window) {
        AlertState state = judged.state();
        int streak = judged.anomalous() ? state.streak() + 1 : 0;
        if (streak < spec.raiseAfter()) {
            return new Verdict(with(state, streak, false, 0, 0f), null);
        }
        float peak = Float.isNaN(judged.deviation()) ? 0f : judged.deviation();
        AlertState raised = with(state, 0, true, window.startMs(), peak);
        return new Verdict(raised, alert(Alert.State.RAISED, raised, window, judged.deviation()));
    }

    private Verdict mayClear(Judged judged, WindowScore window) {
        AlertState state = judged.state();
        float deviation = judged.deviation();
        int streak = judged.normal() ? state.streak() + 1 : 0;
        // a missing deviation compares as false: no peak
        float peak = Math.abs(deviation) > Math.abs(state.peak()) ? deviation : state.peak();
        AlertState next = with(state, streak, true, state.startMs(), peak);
        if (streak < spec.clearAfter()) {
            return new Verdict(next, null);
        }
        return new Verdict(with(state, 0, false, 0, 0f), alert(Alert.State.CLEARED, next, window, deviation));
    }

    private static AlertState learn(AlertState state, double level) {
        double step = Math.max(1.0 / (state.windows() + 1 + PRIOR_WINDOWS), LEAST_STEP);
        double away = level - state.median();
        double most = (state.windows() < WARM_UP_WINDOWS ? 3 : 1) * NORMAL * state.mad();
        double median = state.median() + step * Math.max(-most, Math.min(most, away));
        // 1.17 MADs is the best gain for a normal distribution: 1 / (2 × the density of |deviation| at the MAD)
        double mad = state.mad() * (1 + 1.17 * step * (Math.abs(away) > state.mad() ? 1 : -1));
        return new AlertState(
                Math.min(state.windows(), Integer.MAX_VALUE - 1) + 1,
                (float) median,
                Math.max((float) mad, LEAST_MAD),
                state.streak(),
                state.raised(),
                state.startMs(),
                state.peak(),
                state.modelHash());
    }

    /** The start with a model: its calibrated quantiles 0.25, 0.5 and 0.75; an alert that is raised stays so. */
    private static AlertState calibrated(AlertState before, ModelSpec model, double level) {
        Floats quantiles = model.scoreQuantiles();
        boolean known = quantiles.length() == 7 && quantiles.at(2) > 0;
        double median = known ? Math.log(quantiles.at(3)) : level;
        double mad = known ? (Math.log(quantiles.at(4)) - Math.log(quantiles.at(2))) / 2 : UNCALIBRATED_MAD;
        return new AlertState(
                0,
                (float) median,
                Math.max((float) mad, LEAST_MAD),
                0,
                before.raised(),
                before.startMs(),
                before.peak(),
                hash(model));
    }

    private static int hash(ModelSpec model) {
        return model.id().sha256().hashCode();
    }

    private static AlertState with(AlertState state, int streak, boolean raised, long startMs, float peak) {
        return new AlertState(
                state.windows(), state.median(), state.mad(), streak, raised, startMs, peak, state.modelHash());
    }

    private static Alert alert(Alert.State change, AlertState state, WindowScore window, float deviation) {
        int channel = -1;
        for (int c = 0; c < window.shares().length(); c++) {
            if (channel < 0 || window.shares().at(c) > window.shares().at(channel)) {
                channel = c;
            }
        }
        return new Alert(
                change,
                state.startMs(),
                window.endMs(),
                window.score(),
                deviation,
                state.peak(),
                channel,
                window.model(),
                change == Alert.State.RAISED ? window.reason() : null);
    }
}
