package dev.limpid.service;

import dev.limpid.kafka.LiveTail;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.service.RoundSpec.DriftSpec;
import dev.limpid.signal.Block;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Says when data have left what the model in force was calibrated on, and stayed out. Time is cut into {@value #STRETCHES} stretches to the
 * time that drift must last; a stretch is outside by its window scores or by the raw values of a channel, and all of them in a row
 * must be. A stretch of which too little is known is not. A model that was trained on made-up signals has no inputs to compare with.
 * Confined to one thread.
 */
final class DriftWatch implements LiveTail.Listener {
    static final int STRETCHES = 5;
    static final int LEAST_SCORES = 20;
    static final int LEAST_VALUES = 200;

    private final DriftSpec spec;
    private final ModelMetadata model;
    private final String id;
    private final long[] counts;
    private final double[] means;
    private final double[] squares;
    private long scores;
    private long outside;
    private long stretchMs = Long.MIN_VALUE;
    private int inARow;
    private int insideInARow;

    /** @param id the model in force, as scores name it */
    DriftWatch(DriftSpec spec, ModelMetadata model, String id) {
        this.spec = spec;
        this.model = model;
        this.id = id;
        int channels = model.inputs().size();
        this.counts = new long[channels];
        this.means = new double[channels];
        this.squares = new double[channels];
    }

    @Override
    public void samples(Block block) {
        for (int i = 0; i < block.length(); i++) {
            for (int channel = 0; channel < counts.length; channel++) {
                float value = block.value(i, channel);
                if (!Float.isNaN(value)) {
                    double from = value - means[channel];
                    means[channel] += from / ++counts[channel];
                    squares[channel] += from * (value - means[channel]);
                }
            }
        }
    }

    @Override
    public void score(float score, String by) {
        if (by.equals(id) && model.scoreQuantiles().length() > 0) {
            scores++;
            int last = model.scoreQuantiles().length() - 1;
            outside += score < model.scoreQuantiles().at(0)
                            || score > model.scoreQuantiles().at(last)
                    ? 1
                    : 0;
        }
    }

    /** Why data have drifted, if they have, as of {@code nowMs}; then it begins anew. */
    Optional<String> look(long nowMs) {
        if (stretchMs == Long.MIN_VALUE) {
            stretchMs = nowMs;
        }
        if (nowMs - stretchMs < spec.lasting().toMillis() / STRETCHES) {
            return Optional.empty();
        }
        Optional<String> why = why();
        inARow = why.isPresent() ? inARow + 1 : 0;
        insideInARow = why.isPresent() ? 0 : insideInARow + (known() ? 1 : 0);
        clear(nowMs);
        if (inARow < STRETCHES) {
            return Optional.empty();
        }
        inARow = 0;
        return why;
    }

    /** Whether data have been inside for as long as drift must last; stretches of which too little is known do not count. */
    boolean over() {
        return insideInARow >= STRETCHES;
    }

    private boolean known() {
        return scores >= LEAST_SCORES || Arrays.stream(counts).anyMatch(count -> count >= LEAST_VALUES);
    }

    private Optional<String> why() {
        if (scores >= LEAST_SCORES && outside > spec.scoresOutside() * scores) {
            return Optional.of(String.format(
                    Locale.ROOT, "%d of %d scores lie beyond the 1 and 99 %% quantiles of %s", outside, scores, id));
        }
        for (int channel = 0; channel < counts.length; channel++) {
            InputStatistics trained = model.inputs().get(channel);
            if (counts[channel] < LEAST_VALUES
                    || trained.min() == -Float.MAX_VALUE
                    || !(trained.standardDeviation() > 0)) {
                continue;
            }
            double deviation = Math.sqrt(squares[channel] / counts[channel]);
            double ratio = deviation / trained.standardDeviation();
            double shift = Math.abs(means[channel] - trained.mean()) / trained.standardDeviation();
            if (shift > spec.deviations() || ratio > spec.deviations() || ratio < 1 / spec.deviations()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s has mean %.4g and deviation %.4g, %s was trained on %.4g and %.4g",
                        model.channels().get(channel).name(),
                        means[channel],
                        deviation,
                        id,
                        trained.mean(),
                        trained.standardDeviation()));
            }
        }
        return Optional.empty();
    }

    private void clear(long nowMs) {
        stretchMs = nowMs;
        scores = 0;
        outside = 0;
        for (int channel = 0; channel < counts.length; channel++) {
            counts[channel] = 0;
            means[channel] = 0;
            squares[channel] = 0;
        }
    }
}
