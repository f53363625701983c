package dev.limpid.score;

import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;

/**
 * A window that the model in force has run, kept so that another model can be compared with it. All sequences are
 * {@code [channel][time]}.
 *
 * @param model the model in force
 * @param score what it made of the window; without a value if it failed
 * @param x raw values; where missing, 0 or the last value held
 * @param observed 1 where {@code x} counts, 0 elsewhere
 * @param clean what the model gave; of no meaning if it failed
 */
public record RanWindow(SeriesKey series, ModelSpec model, WindowScore score, Floats x, Floats observed, Floats clean) {
    /** Copies the arrays. */
    public static RanWindow of(
            SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean) {
        return new RanWindow(series, model, score, Floats.of(x), Floats.of(observed), Floats.of(clean));
    }

    /** About how many bytes a window of that shape takes. */
    public static long bytes(int channels, int length) {
        return 3L * Float.BYTES * channels * length + 200;
    }
}
