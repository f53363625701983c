package dev.limpid.service;

import dev.limpid.eval.Finding;
import dev.limpid.eval.NoiseEstimate;
import dev.limpid.signal.Floats;
import dev.limpid.train.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Takes something from a piece whose clean values nobody knows, so that a model can be graded by how it gives that back. Without recorded noise
 * one sample in sixteen is hidden, and the model is graded there (Batson and Royer 2019): right where noise is independent from sample to
 * sample, for only the signal tells a sample from its neighbours. Where the noise is correlated, that would reward a model for predicting
 * the noise; so where recorded noise is at hand, it is added once more, as strong as the raw values' deviation, and the model is graded
 * everywhere (Moran et al. 2020). Either error has a floor, the noise that was there before.
 */
final class Spoiler {
    private static final int HIDDEN_ONE_IN = 16;

    private final List<float[]> noise;
    private final long seed;

    /** @param noise recorded, each channel a source; may be empty */
    Spoiler(List<Recording> noise, long seed) {
        List<float[]> sources = new ArrayList<>();
        noise.forEach(recording -> sources.addAll(recording.channels()));
        this.noise = sources;
        this.seed = seed;
    }

    /** Whether noise is added; else samples are hidden. */
    boolean adds() {
        return !noise.isEmpty();
    }

    /** How errors are measured, for people. */
    String phrase() {
        return adds() ? "recovery of recorded noise added at 0 dB" : "prediction of hidden samples";
    }

    /**
     * The piece as the models get it, {@code [channel][time]}; NaN is hidden.
     *
     * @param number decides all chance
     */
    float[][] spoilt(Piece piece, long number) {
        SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
        float[][] spoilt = new float[piece.values().size()][];
        for (int channel = 0; channel < spoilt.length; channel++) {
            float[] values = piece.values().get(channel).clone();
            if (adds()) {
                add(values, random);
            } else {
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextInt(HIDDEN_ONE_IN) == 0 ? Float.NaN : values[i];
                }
            }
            spoilt[channel] = values;
        }
        return spoilt;
    }

    /**
     * Why what it measures on these pieces does not tell which model is better; empty if it may.
     *
     * @param channels their names
     */
    Optional<String> doubt(List<Piece> pieces, List<String> channels) {
        for (int channel = 0; channel < channels.size() && !adds(); channel++) {
            List<Floats> stretches = new ArrayList<>();
            for (Piece piece : pieces) {
                stretches.add(Floats.of(piece.closed().values().get(channel)));
            }
            Optional<Finding> correlated =
                    NoiseEstimate.of(channels.get(channel), stretches).mismatch();
            if (correlated.isPresent()) {
                return Optional.of("hidden samples tell nothing where noise is correlated: "
                        + correlated.get().evidence() + "; record the noise alone and give --noise");
            }
        }
        return Optional.empty();
    }

    private void add(float[] values, SplittableRandom random) {
        float[] source = noise.get(random.nextInt(noise.size()));
        int start = random.nextInt(source.length);
        float[] stretch = new float[values.length];
        for (int i = 0; i < stretch.length; i++) {
            stretch[i] = source[(start + i) % source.length];
        }
        double scale = Math.sqrt(variance(values) / Math.max(1e-30, variance(stretch)));
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (scale * stretch[i]);
        }
    }

    /** About the mean, of what is there. */
    static double variance(float[] values) {
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                double from = value - mean;
                mean += from / ++count;
                squares += from * (value - mean);
            }
        }
        return squares / Math.max(1, count);
    }
}
