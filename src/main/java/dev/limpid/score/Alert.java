package dev.limpid.score;

import dev.limpid.model.ModelId;
import dev.limpid.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A series became anomalous, or is no longer.
 *
 * @param state raised or cleared
 * @param startMs start of the window that raised it: the alert's identity within its series, the same in both records
 * @param atMs end of the window that raised or cleared it
 * @param score that window's score; NaN if nothing of it was observed
 * @param deviation how many scaled MADs {@code score} is from the series' running median, in the logarithmic domain, signed; of an alert
 *     by a stated score, {@code score} as a multiple of that; NaN if less than half of the window was observed
 * @param peakDeviation the deviation of greatest size since the alert was raised; 0 if only missing
 *     windows raised it
 * @param channel index of the channel with the greatest share, or -1 if unknown
 * @param model the model that made the score
 * @param reason by what the window that raised it stands out most; null in one that was cleared, and if the model does not say
 */
public record Alert(
        State state,
        long startMs,
        long atMs,
        float score,
        float deviation,
        float peakDeviation,
        int channel,
        ModelId model,
        @Nullable Reason reason) {
    /** Of no known reason. */
    public Alert(
            State state,
            long startMs,
            long atMs,
            float score,
            float deviation,
            float peakDeviation,
            int channel,
            ModelId model) {
        this(state, startMs, atMs, score, deviation, peakDeviation, channel, model, null);
    }

    /** Raised, then cleared. */
    public enum State {
        RAISED,
        CLEARED
    }
}
