package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Stationary random functions, from glass-smooth to rough: cosines with random phase whose frequencies are drawn from the
 * spectral density (random Fourier features, Rahimi and Recht 2007). The density is a normal one (squared-exponential
 * covariance), Student's t (Matérn covariance), or falls as a power of the frequency.
 *
 * @param shortest least correlation length, samples
 * @param longest greatest correlation length
 */
public record Smooth(double shortest, double longest) implements Family {
    private static final int COSINES = 40;
    private static final double HIGHEST = 0.45;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        double length = Draw.logarithmic(random, shortest, longest);
        int kind = random.nextInt(3);
        int freedom = 1 << random.nextInt(4);
        double exponent = Draw.even(random, 0.8, 2.2);
        Arrays.fill(out, 0f);
        for (int i = 0; i < COSINES; i++) {
            double frequency;
            double amplitude = 1;
            switch (kind) {
                case 0 -> frequency = Math.abs(random.nextGaussian()) / (2 * Math.PI * length);
                case 1 -> frequency = Math.abs(student(random, freedom)) / (2 * Math.PI * length);
                default -> {
                    frequency = Draw.logarithmic(random, 1.0 / 2000, 1 / Math.max(2.5, length));
                    // even in the logarithm of the frequency: amplitude² is density times frequency
                    amplitude = Math.pow(frequency * 2000, 0.5 - exponent);
                }
            }
            Oscillator.add(Math.min(frequency, HIGHEST), random.nextDouble(), amplitude, out);
        }
    }

    private static double student(RandomGenerator random, int freedom) {
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / freedom + 1e-12);
    }
}
