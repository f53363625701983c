package dev.limpid.eval.filter;

/** A filter from the textbooks, over values that are all there: what a model is compared with. NaN is bridged by a straight line. */
public sealed interface ClassicalFilter
        permits ZeroPhaseBandPass, RunningMedian, SavitzkyGolay, LocalWiener, WaveletShrinkage, FrameFilter {
    /** What kind of filter, as in {@code band-pass}. */
    String family();

    /**
     * Everything that makes it this one of its kind, as in {@code 0.5..40 Hz, order 2}.
     *
     * @param sampleRateHz as for {@link #clean}
     */
    String parameters(double sampleRateHz);

    /**
     * Filters.
     *
     * @param sampleRateHz 0 if unknown: then frequencies are cycles per sample
     */
    float[] clean(float[] values, double sampleRateHz);
}
