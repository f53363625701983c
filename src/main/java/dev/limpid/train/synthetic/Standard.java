package dev.limpid.train.synthetic;

/** Mean 0 and standard deviation 1. */
final class Standard {
    private static final double LEAST_VARIANCE = 1e-18;

    private Standard() {}

    /** Shifts and scales {@code out}; a constant becomes 0. */
    static void scale(float[] out) {
        double sum = 0;
        double squares = 0;
        for (float value : out) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / out.length;
        double variance = squares / out.length - mean * mean;
        double factor = variance > LEAST_VARIANCE ? 1 / Math.sqrt(variance) : 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) ((out[i] - mean) * factor);
        }
    }
}
