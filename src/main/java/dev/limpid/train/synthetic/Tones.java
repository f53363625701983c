package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A few sines of unrelated frequencies, or a fundamental with its harmonics; some swell and fade.
 *
 * @param longest greatest period, samples
 */
public record Tones(double longest) implements Family {
    private static final double HIGHEST = 0.25;
    private static final double MODULATED = 0.3;
    private static final double HARMONIC = 0.4;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        Arrays.fill(out, 0f);
        int count = 1 + random.nextInt(6);
        boolean harmonic = random.nextDouble() < HARMONIC;
        double fundamental = Draw.logarithmic(random, 1 / longest, harmonic ? HIGHEST / 3 : HIGHEST);
        for (int i = 0; i < count; i++) {
            double frequency = harmonic
                    ? Math.min(HIGHEST, fundamental * (i + 1))
                    : Draw.logarithmic(random, 1 / longest, HIGHEST);
            double amplitude = Math.exp(random.nextGaussian()) / (harmonic ? i + 1 : 1);
            Oscillator.add(frequency, random.nextDouble(), amplitude, out);
        }
        if (random.nextDouble() < MODULATED) {
            Envelope.apply(random, 0.7, out);
        }
    }
}
