package dev.limpid.score;

import dev.limpid.model.ModelId;
import dev.limpid.model.Reason;
import dev.limpid.signal.Floats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How badly one window fits what the model knows.
 *
 * @param startMs time of the window's first sample slot, milliseconds since the epoch
 * @param endMs time of the window's last sample slot that lies in its segment
 * @param score root mean square of the residual over the model's calibrated scale, over the observed values, or the model's own; NaN if
 *     there is none
 * @param shares each channel's share of the squared residual, adding up to 1; empty if {@code score} is NaN
 * @param observed share of the window's values that were observed, as far as the window lies in its segment; 0 to 1
 * @param model the model that made it
 * @param absence why there is no score: empty, {@code missing} (no value observed), {@code non-finite} or {@code failed}
 * @param surprisals where a model errs most that has a score of its own
 * @param reason by what the window stands out most; null if there is no score or the model does not say
 */
public record WindowScore(
        long startMs,
        long endMs,
        float score,
        Floats shares,
        float observed,
        ModelId model,
        String absence,
        List<Surprisal> surprisals,
        @Nullable Reason reason) {
    public WindowScore {
        surprisals = List.copyOf(surprisals);
    }

    /** Of a score by the residual. */
    public WindowScore(
            long startMs, long endMs, float score, Floats shares, float observed, ModelId model, String absence) {
        this(startMs, endMs, score, shares, observed, model, absence, List.of(), null);
    }

    /** The same without a word on single values. */
    public WindowScore alone() {
        return new WindowScore(startMs, endMs, score, shares, observed, model, absence, List.of(), reason);
    }
}
