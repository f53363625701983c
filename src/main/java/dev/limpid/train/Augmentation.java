package dev.limpid.train;

import java.util.Locale;

/**
 * How a clean window is varied before it is corrupted, so that a few recordings stand for many.
 *
 * @param gainLow least factor on the amplitude; drawn evenly in the logarithm
 * @param gainHigh greatest factor on the amplitude
 * @param stretchLow least factor on the duration; drawn evenly
 * @param stretchHigh greatest factor on the duration
 * @param flip share of windows with the sign turned over
 * @param splice share of windows that pass over into a window from elsewhere
 * @param offset greatest level added to signal and target alike, in root mean squares of the recording
 */
public record Augmentation(
        double gainLow,
        double gainHigh,
        double stretchLow,
        double stretchHigh,
        double flip,
        double splice,
        double offset) {
    public static final Augmentation NONE = new Augmentation(1, 1, 1, 1, 0, 0, 0);
    public static final Augmentation DEFAULT = new Augmentation(0.6, 1.6, 0.8, 1.25, 0.1, 0.15, 0);

    /** Samples of a recording that a window of {@code length} may take up. */
    int samplesFor(int length) {
        // shortening reads more samples than it gives; one more on either side for the interpolation
        return (int) Math.ceil(length / Math.min(1, stretchLow)) + 4;
    }

    /** For people. */
    String phrase() {
        return String.format(
                Locale.ROOT,
                "gain %s..%s, duration %s..%s, sign turned in %s, two windows joined in %s, level of up to %s rms",
                gainLow,
                gainHigh,
                stretchLow,
                stretchHigh,
                flip,
                splice,
                offset);
    }
}
