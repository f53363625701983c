package dev.limpid.train;

/** Reads a signal between its samples: cubic, Catmull and Rom (1974). */
final class Interpolation {
    private Interpolation() {}

    /**
     * Adds {@code factor} times the signal to {@code out[at, at + length)}, read from {@code start} on in steps of
     * {@code step} samples; all positions lie at least one sample inside {@code from}.
     */
    static void add(float[] from, double start, double step, float factor, float[] out, int at, int length) {
        for (int i = 0; i < length; i++) {
            double position = start + i * step;
            int k = (int) Math.floor(position);
            float t = (float) (position - k);
            float a = from[k - 1];
            float b = from[k];
            float c = from[k + 1];
            float d = from[k + 2];
            float value = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
            out[at + i] += factor * value;
        }
    }
}
