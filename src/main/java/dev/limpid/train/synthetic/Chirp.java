package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.random.RandomGenerator;

/**
 * A sine whose frequency runs: linearly, exponentially, or wandering about. Most swell and fade. A frequency that falls as one
 * over the time is left out, for it is one of the functions that denoisers are judged by.
 *
 * @param longest greatest period, samples
 */
public record Chirp(double longest) implements Family {
    private static final double HIGHEST = 0.25;
    private static final double MODULATED = 0.7;
    private static final Smooth WANDERING = new Smooth(80, 400);

    @Override
    public void draw(RandomGenerator random, float[] out) {
        double low = Math.log(1 / longest);
        double high = Math.log(HIGHEST);
        double from = Draw.even(random, low, high);
        double to = Draw.even(random, low, high);
        int kind = random.nextInt(3);
        double width = Draw.even(random, 0.3, 1.2);
        if (kind == 2) {
            WANDERING.draw(random, out);
            Standard.scale(out);
        }
        double phase = random.nextDouble();
        for (int i = 0; i < out.length; i++) {
            double share = i / (double) out.length;
            double frequency =
                    switch (kind) {
                        case 0 -> Math.exp(from) + (Math.exp(to) - Math.exp(from)) * share;
                        case 1 -> Math.exp(from + (to - from) * share);
                        default -> Math.exp(Math.max(low, Math.min(high, from + width * out[i])));
                    };
            phase += frequency;
            out[i] = (float) Math.sin(2 * Math.PI * phase);
        }
        if (random.nextDouble() < MODULATED) {
            Envelope.apply(random, random.nextDouble() * 0.8, out);
        }
    }
}
