package dev.limpid.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils windows as a {@link Corruption} says. Confined to one thread. */
final class Corruptor {
    /** Added to a window's noise power before it weighs the error: even a clean window does not count without end. */
    static final double QUIET = 0.02;

    private final Corruption corruption;
    private final RandomGenerator random;
    private final List<float[]> sources = new ArrayList<>();
    private final List<Double> rms = new ArrayList<>();

    Corruptor(Corruption corruption, List<Recording> noise, RandomGenerator random) {
        this.corruption = corruption;
        this.random = random;
        for (Recording recording : noise) {
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                if (recording.rms(channel) > 0) {
                    sources.add(recording.channels().get(channel));
                    rms.add(recording.rms(channel));
                }
            }
        }
    }

    /**
     * Makes {@code x}, {@code observed}, {@code noise} and {@code weight} of a window from its target.
     *
     * @param level root mean square of the clean recording, per channel
     */
    void corrupt(TrainingBatch batch, int window, float[] level) {
        boolean recorded = !sources.isEmpty() && random.nextDouble() < corruption.noise();
        double snr = Draw.even(random, corruption.snrLowDb(), corruption.snrHighDb());
        boolean white = random.nextDouble() < corruption.gaussian();
        double sigma = Draw.logarithmic(random, corruption.gaussianLow(), corruption.gaussianHigh());
        boolean wander = random.nextDouble() < corruption.wander();
        for (int channel = 0; channel < batch.channels; channel++) {
            int at = batch.at(window, channel);
            Arrays.fill(batch.noise, at, at + batch.length, 0f);
            double power = 0;
            if (recorded) {
                double ratio = Math.pow(10, -snr / 20);
                mix(batch.noise, at, batch.length, level[channel] * ratio);
                power += ratio * ratio;
            }
            if (white) {
                for (int i = at; i < at + batch.length; i++) {
                    batch.noise[i] += (float) (random.nextGaussian() * sigma * level[channel]);
                }
                power += sigma * sigma;
            }
            if (wander) {
                wander(batch.noise, at, batch.length, level[channel]);
            }
            for (int i = at; i < at + batch.length; i++) {
                batch.x[i] = batch.target[i] + batch.noise[i];
                batch.observed[i] = 1;
            }
            // by the root of the noise's power, lest the noisiest windows alone count
            batch.weight[window * batch.channels + channel] =
                    (float) (1 / (level[channel] * (double) level[channel] * Math.sqrt(power + QUIET)));
            if (random.nextDouble() < corruption.mask()) {
                mask(batch, at);
            }
        }
    }

    private void mix(float[] out, int at, int length, double amplitude) {
        int parts = Math.min(sources.size(), Math.max(1, random.nextInt(5) - 1));
        double[] shares = new double[parts];
        double sum = 0;
        for (int i = 0; i < parts; i++) {
            shares[i] = -Math.log(1 - random.nextDouble());
            sum += shares[i];
        }
        for (double share : shares) {
            int index = random.nextInt(sources.size());
            float[] source = sources.get(index);
            double sign = random.nextBoolean() ? 1 : -1;
            double step = Math.min(Draw.even(random, 0.8, 1.25), (source.length - 5) / (double) length);
            double span = (length - 1) * step;
            double start = 1 + random.nextDouble() * (source.length - 4 - span);
            boolean backwards = random.nextBoolean();
            float factor = (float) (sign * amplitude * Math.sqrt(share / sum) / rms.get(index));
            Interpolation.add(
                    source, backwards ? start + span : start, backwards ? -step : step, factor, out, at, length);
        }
    }

    private void wander(float[] out, int at, int length, double level) {
        double cycles = Draw.logarithmic(random, 0.1, 2);
        double phase = random.nextDouble() * 2 * Math.PI;
        double amplitude = level * 3 * random.nextDouble();
        for (int i = 0; i < length; i++) {
            out[at + i] += (float) (amplitude * Math.sin(2 * Math.PI * cycles * i / length + phase));
        }
    }

    private void mask(TrainingBatch batch, int at) {
        int length = batch.length;
        switch (random.nextInt(3)) {
            case 0 -> {
                int spans = 1 + random.nextInt(3);
                for (int s = 0; s < spans; s++) {
                    int span = (int) (random.nextDouble() * corruption.maskShare() * length / spans);
                    hide(batch, at + random.nextInt(length - span), span);
                }
            }
            case 1 -> {
                double share = random.nextDouble() * corruption.maskShare();
                for (int i = 0; i < length; i++) {
                    if (random.nextDouble() < share) {
                        hide(batch, at + i, 1);
                    }
                }
            }
            default -> {
                // as the last window of a segment is
                int span = (int) (random.nextDouble() * 0.9 * length);
                hide(batch, at + length - span, span);
            }
        }
    }

    private static void hide(TrainingBatch batch, int from, int count) {
        Arrays.fill(batch.x, from, from + count, 0f);
        Arrays.fill(batch.observed, from, from + count, 0f);
    }
}
