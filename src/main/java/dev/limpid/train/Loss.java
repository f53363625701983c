package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What training makes small.
 *
 * @param distance of a sample from its target
 * @param spectral weight of a term that is the mean absolute difference of the logarithms of the amplitude spectra: it punishes
 *     lost high frequencies (blur), which a squared error hardly feels; 0: none (Arık et al. 2019, IEEE Signal Processing Letters 26)
 * @param features weight of a term that is the difference of features, of frames only: see {@link FeatureSpace}; 0: none
 * @param channelWeights factor on each channel's error; empty: all 1
 */
public record Loss(Distance distance, double spectral, double features, List<Double> channelWeights) {
    public static final Loss DEFAULT = new Loss(new Squared(), 0, List.of());

    public Loss {
        channelWeights = List.copyOf(channelWeights);
    }

    /** Without features. */
    public Loss(Distance distance, double spectral, List<Double> channelWeights) {
        this(distance, spectral, 0, channelWeights);
    }

    /** How far a sample is from its target. */
    public sealed interface Distance {
        /** For people: {@code squared error}. */
        String phrase();
    }

    /** The squared error, weighted by the root of the window's noise power lest the noisiest windows alone count. */
    public record Squared() implements Distance {
        @Override
        public String phrase() {
            return "squared error";
        }
    }

    /**
     * Squared near 0, straight beyond (Huber 1964), weighted as {@link Squared}: outliers in the target pull less.
     *
     * @param delta where it becomes straight, in standard deviations of the channel
     */
    public record Huber(double delta) implements Distance {
        @Override
        public String phrase() {
            return String.format(Locale.ROOT, "Huber's error, delta %s", delta);
        }
    }

    /** Binary cross-entropy, for targets and outputs from 0 to 1; unweighted. */
    public record CrossEntropy() implements Distance {
        @Override
        public String phrase() {
            return "cross-entropy";
        }
    }

    double weight(int channel) {
        return channelWeights.isEmpty() ? 1 : channelWeights.get(channel);
    }

    /** For people and for a model's card. */
    public String phrase(List<String> channels) {
        String phrase = distance.phrase();
        if (spectral > 0) {
            phrase += String.format(Locale.ROOT, " + %s of the log spectra's difference", spectral);
        }
        if (features > 0) {
            phrase += String.format(Locale.ROOT, " + %s of the features' difference", features);
        }
        for (int channel = 0; channel < channelWeights.size(); channel++) {
            phrase += String.format(Locale.ROOT, ", %s × %s", channels.get(channel), channelWeights.get(channel));
        }
        return phrase;
    }

    /** What is wrong with it for so many channels. */
    List<String> problems(int channels) {
        List<String> problems = new ArrayList<>();
        if (!(spectral >= 0 && spectral <= 1e6)) {
            problems.add("train.loss.spectral is " + spectral + ", needs 0 to 1000000");
        }
        if (!(features >= 0 && features <= 1e6)) {
            problems.add("train.loss.features is " + features + ", needs 0 to 1000000");
        }
        if (distance instanceof Huber huber && !(huber.delta() > 0)) {
            problems.add("train.loss.delta is " + huber.delta() + ", needs more than 0");
        }
        if (!channelWeights.isEmpty() && channelWeights.size() != channels) {
            problems.add("train.loss.channels has " + channelWeights.size() + " weights for " + channels + " channels");
        }
        if (channelWeights.stream().anyMatch(weight -> !(weight >= 0)) || allZero()) {
            problems.add("train.loss.channels is " + channelWeights + ", needs no weight below 0, and one above");
        }
        return problems;
    }

    private boolean allZero() {
        return !channelWeights.isEmpty() && channelWeights.stream().allMatch(weight -> weight == 0);
    }

    /** Why targets made so cannot be graded by it; empty if they can. */
    Optional<String> misfit(TrainingData data, Augmentation augmentation) {
        if (!(distance instanceof CrossEntropy)) {
            return Optional.empty();
        }
        for (Recording recording : data.clean()) {
            for (float[] channel : recording.channels()) {
                for (int i = 0; i < channel.length; i++) {
                    if (!(channel[i] >= 0 && channel[i] <= 1)) {
                        return Optional.of("train.loss cross-entropy needs targets from 0 to 1: " + recording.name()
                                + ", row " + (i + 1) + ", is " + channel[i] + "; scale the data, or choose squared");
                    }
                }
            }
        }
        return augmentation.gainHigh() > 1
                        || augmentation.flip() > 0
                        || augmentation.offset() > 0
                        || augmentation.stretchLow() != 1
                        || augmentation.stretchHigh() != 1
                ? Optional.of(
                        "train.loss cross-entropy needs targets from 0 to 1, which train.augmentation may leave; needs gain up to 1,"
                                + " stretch [1, 1], flip 0 and offset 0")
                : Optional.empty();
    }
}
