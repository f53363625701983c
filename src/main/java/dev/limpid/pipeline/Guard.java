package dev.limpid.pipeline;

import dev.limpid.model.ModelSpec;
import dev.limpid.model.WindowRange;
import dev.limpid.score.GuardRule;
import dev.limpid.score.GuardState;
import dev.limpid.score.WindowStatistics;
import dev.limpid.signal.Fallback;
import dev.limpid.signal.OverlapAdd;
import dev.limpid.signal.WindowFilter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lets a filter stand in for the model: in the windows of a series that is out of the model's range, and in those that the model could
 * not do. Confined to the pipeline's thread.
 */
final class Guard {
    private final int channels;
    private final int length;
    private final WindowFilter filter;
    private final GuardRule rule;
    private final WindowStatistics statistics;
    private final double[] numbers = new double[WindowStatistics.COUNT];
    /** The window at hand, {@code [channel][time]}: what it borrows, and what the filter makes of it. */
    private final float[] x;

    private final float[] observed;
    private final float[] clean;
    private final float[] error;
    private final float[] filtered;
    private final float[] scratch;
    private final boolean[] unknown;
    private boolean holes;

    /** @param x where the caller puts the values of each window; likewise the others */
    Guard(PipelineSpec spec, Fallback fallback, float[] x, float[] observed, float[] clean, float[] error) {
        this.channels = spec.channels().size();
        this.length = spec.window().length();
        this.filter = fallback.over(length);
        this.rule = new GuardRule(spec.window());
        this.statistics = new WindowStatistics(length);
        this.x = x;
        this.observed = observed;
        this.clean = clean;
        this.error = error;
        this.filtered = new float[x.length];
        this.scratch = new float[x.length];
        this.unknown = new boolean[channels];
    }

    /**
     * Judges a window that the model did, and says whether the filter stands in for it.
     *
     * @param complete whether all of it was observed
     */
    boolean standsIn(Due<?> due, Due.Window window, ModelSpec model, boolean complete) {
        SeriesState<?> series = due.series();
        long number = due.segment().number(window.start());
        if (window.rerun()) {
            return series.guard.fallbackIn(number);
        }
        WindowRange range = model.range();
        GuardState before = series.guard;
        if (!range.known()) {
            series.guard = rule.trust(before, number);
        } else {
            statistics.window(x, complete ? null : observed, clean, model.error() ? error : null);
            double furthest = furthest(model, range);
            if (furthest >= 0) {
                series.guard = rule.judge(before, number, furthest > range.bound(), model);
            }
        }
        if (series.guard.turns().size() > before.turns().size()) {
            series.guard = series.guard.after(due.segment().firstWindowOver(series.unansweredFrom()));
        }
        return series.guard.fallback();
    }

    /** Squared distance of the channel that is furthest from the calibration; -1 if too little of all was observed. */
    private double furthest(ModelSpec model, WindowRange range) {
        double furthest = -1;
        for (int channel = 0; channel < channels; channel++) {
            if (statistics.channel(channel, model.channels().get(channel).residualScale(), numbers)) {
                furthest = Math.max(furthest, range.channels().get(channel).squaredDistance(numbers));
            }
        }
        return furthest;
    }

    /** A segment began: no earlier window is run again. */
    void begin(SeriesState<?> series) {
        series.guard = series.guard.after(Long.MAX_VALUE);
    }

    /**
     * The window filtered, good until the next; a channel of which nothing was observed keeps the model's values.
     *
     * @param done whether the model gave any; else such a channel is NaN, see {@link #holes}
     * @return null if that is more than can be added up
     */
    float @Nullable [] filtered(Due.Window window, boolean complete, boolean done) {
        int count = (int) (window.end() - window.start());
        if (done) {
            System.arraycopy(clean, 0, filtered, 0, filtered.length);
        } else {
            Arrays.fill(filtered, 0f);
        }
        holes = false;
        for (int channel = 0; channel < channels; channel++) {
            unknown[channel] =
                    !filter.filter(x, complete ? null : observed, channel * length, count, filtered) && !done;
            holes |= unknown[channel];
        }
        if (!OverlapAdd.addable(filtered, scratch)) {
            return null;
        }
        for (int channel = 0; channel < channels; channel++) {
            if (unknown[channel]) {
                Arrays.fill(filtered, channel * length, (channel + 1) * length, Float.NaN);
            }
        }
        return filtered;
    }

    /** Whether the window filtered last has channels that nobody knows. */
    boolean holes() {
        return holes;
    }
}
