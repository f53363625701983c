package dev.limpid.signal;

/**
 * The weights with which the samples of a window enter the overlap-add: {@code sin²(π·(i + ½)/length)}, a Hann window
 * shifted by half a sample so that every weight is positive. A model knows least about a window's edges, so they count least.
 */
public final class Taper {
    private Taper() {}

    /** The weights of a window of {@code length} samples, symmetric, in (0, 1]. */
    public static float[] weights(int length) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            double sine = Math.sin(Math.PI * (Math.min(i, length - 1 - i) + 0.5) / length);
            weights[i] = (float) (sine * sine);
        }
        return weights;
    }
}
