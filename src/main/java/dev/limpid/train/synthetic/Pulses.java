package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Quasi-periodic: a motif of one to four peaks of any form, sign and place that comes again and again, never quite in time nor
 * of quite the same height; or a square wave, or a saw-tooth. As of pumps, presses and breathing.
 *
 * @param shortest least period, samples
 * @param longest greatest period
 */
public record Pulses(double shortest, double longest) implements Family {
    private static final double GEOMETRIC = 0.2;
    private static final double NARROWEST = 0.8;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        double period = Draw.logarithmic(random, shortest, longest);
        if (random.nextDouble() < GEOMETRIC) {
            geometric(random, period, out);
            return;
        }
        Arrays.fill(out, 0f);
        int peaks = 1 + random.nextInt(4);
        Kernel[] kernel = new Kernel[peaks];
        double[] place = new double[peaks];
        double[] width = new double[peaks];
        double[] height = new double[peaks];
        for (int k = 0; k < peaks; k++) {
            kernel[k] = Kernel.any(random);
            place[k] = Draw.even(random, -0.4, 0.4) * period;
            width[k] = Math.max(NARROWEST, Draw.logarithmic(random, 0.01, 0.12) * period);
            height[k] = random.nextGaussian() * Math.exp(0.7 * random.nextGaussian());
        }
        double jitter = Draw.even(random, 0, 0.08);
        double at = -period * random.nextDouble() - period / 2;
        while (at < out.length + period) {
            double factor = 1 + 0.1 * random.nextGaussian();
            for (int k = 0; k < peaks; k++) {
                kernel[k].add(at + place[k], width[k], factor * height[k], out);
            }
            at += period * Math.max(0.5, 1 + jitter * random.nextGaussian());
        }
    }

    private static void geometric(RandomGenerator random, double period, float[] out) {
        boolean square = random.nextBoolean();
        double share = Draw.even(random, 0.2, 0.8);
        double phase = random.nextDouble();
        for (int i = 0; i < out.length; i++) {
            double u = i / period + phase;
            double part = u - Math.floor(u);
            out[i] = (float) (square ? (part < share ? 1 : 0) : part);
        }
    }
}
