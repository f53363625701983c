package dev.limpid.pipeline;

import dev.limpid.model.ModelSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;

/**
 * Looks on while windows are scored, without a say in what leaves. It sees each window once, those of a series in order, but none of
 * which nothing or, at a segment's end, less than half was there; after a transaction that was aborted it sees its windows again. Called on the pipeline's thread, which it must not hold up, and it
 * throws nothing.
 */
public interface WindowTap {
    /** Wants nothing. */
    WindowTap NONE = new WindowTap() {
        @Override
        public boolean wants(SeriesKey series) {
            return false;
        }

        @Override
        public void ran(
                SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean) {}
    };

    /** Whether it wants the windows of a series now; asked for every window. */
    boolean wants(SeriesKey series);

    /**
     * The model in force has run a window. The arrays, {@code [channel][time]}, are valid only during the call.
     *
     * @param score without a value if the model failed
     * @param x raw values; where missing, 0 or the last value held
     * @param observed 1 where {@code x} counts, 0 elsewhere
     * @param clean what the model gave; of no meaning if it failed
     */
    void ran(SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean);
}
