package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Quasi-periodic: a motif of one to seven peaks of any form, sign and place that comes again and again, never quite in time nor
 * of quite the same height, and in some signals now and then another instead; or a square wave, or a saw-tooth. As of pumps, presses and
 * breathing.
 *
 * @param shortest least period, samples
 * @param longest greatest period
 */
public record Pulses(double shortest, double longest) implements Family {
    private static final double GEOMETRIC = 0.2;
    /** Share of signals in which up to half of the motifs are another. */
    private static final double TWO_MOTIFS = 0.35;

    private static final int MOST_PEAKS = 7;
    private static final double NARROWEST = 0.8;

    /** One of a motif's peaks: its middle from the motif's, its width, both samples, and its height. */
    private record Peak(Kernel form, double place, double width, double height) {}

    @Override
    public void draw(RandomGenerator random, float[] out) {
        double period = Draw.logarithmic(random, shortest, longest);
        if (random.nextDouble() < GEOMETRIC) {
            geometric(random, period, out);
            return;
        }
        Arrays.fill(out, 0f);
        List<Peak> usual = motif(random, period);
        List<Peak> other = motif(random, period);
        double others = random.nextDouble() < TWO_MOTIFS ? 0.5 * random.nextDouble() : 0;
        double jitter = Draw.even(random, 0, 0.08);
        double at = -period * random.nextDouble() - period / 2;
        while (at < out.length + period) {
            add(random, random.nextDouble() < others ? other : usual, at, out);
            at += period * Math.max(0.5, 1 + jitter * random.nextGaussian());
        }
    }

    private static List<Peak> motif(RandomGenerator random, double period) {
        int count = 1 + random.nextInt(MOST_PEAKS);
        boolean smooth = random.nextBoolean();
        List<Peak> peaks = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            peaks.add(new Peak(
                    smooth ? Kernel.NORMAL : Kernel.any(random),
                    Draw.even(random, -0.4, 0.4) * period,
                    Math.max(NARROWEST, Draw.logarithmic(random, 0.006, 0.12) * period),
                    random.nextGaussian() * Math.exp(0.7 * random.nextGaussian())));
        }
        return peaks;
    }

    private static void add(RandomGenerator random, List<Peak> motif, double at, float[] out) {
        double factor = 1 + 0.1 * random.nextGaussian();
        for (Peak peak : motif) {
            double own = factor * (1 + 0.05 * random.nextGaussian());
            peak.form().add(at + peak.place(), peak.width(), own * peak.height(), out);
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
