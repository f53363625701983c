package dev.limpid.train.synthetic;

import java.util.random.RandomGenerator;

/**
 * A kind of signal that sensors give. Its members differ in scale, offset, speed and form; what they have in common is how
 * they are drawn. Families say nothing about any one source: no electrocardiogram, and none of the four functions of Donoho
 * and Johnstone (1994), by which denoisers are judged, is among them.
 */
public sealed interface Family permits Autoregressive, Chirp, Peaks, Pieces, Pulses, Smooth, Steps, Tones {
    /** Fills {@code out} with a signal of any offset and scale. */
    void draw(RandomGenerator random, float[] out);
}
