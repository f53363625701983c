package dev.limpid.score;

import dev.limpid.model.ModelId;

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
 */
public record Alert(
        State state,
        long startMs,
        long atMs,
        float score,
        float deviation,
        float peakDeviation,
        int channel,
        ModelId model) {
    /** Raised, then cleared. */
    public enum State {
        RAISED,
        CLEARED
    }
}
