package dev.limpid.train.synthetic;

import java.util.random.RandomGenerator;

/** A slow random rise and fall of a signal's amplitude. */
final class Envelope {
    private static final Smooth SLOW = new Smooth(60, 400);

    private Envelope() {}

    /** Multiplies by the exponential of a slow random function of standard deviation {@code depth}. */
    static void apply(RandomGenerator random, double depth, float[] out) {
        float[] slow = new float[out.length];
        SLOW.draw(random, slow);
        Standard.scale(slow);
        for (int i = 0; i < out.length; i++) {
            out[i] *= (float) Math.exp(depth * slow[i]);
        }
    }
}
