package dev.limpid.train;

import java.util.SplittableRandom;

/** The windows that a network is graded on, as its spec's {@link Supervision} wants them. */
final class Lessons {
    private Lessons() {}

    /** What is fitted on: varied as the spec says, and at every level of noise that the model's steps come to. */
    static Batches fitting(TrainingData data, TrainSpec spec, long seed) {
        int steps = spec.levels().refine();
        return steps > 1
                ? new BatchSource(data, spec, spec.augmentation(), steps, seed)
                : of(data, spec, spec.augmentation(), seed);
    }

    static Batches of(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        if (spec.supervision() instanceof Supervision.NoiseToNoise) {
            return new PairedWindows(data, spec, augmentation, seed);
        }
        if (spec.supervision() instanceof Supervision.NoisierToNoise noisier) {
            return new NoisierWindows(data, spec, augmentation, noisier, seed);
        }
        Batches plain = plain(data, spec, augmentation, seed);
        return spec.supervision() instanceof Supervision.BlindSpot blind
                ? new HidingWindows(plain, blind.masks(), new SplittableRandom(~seed))
                : plain;
    }

    /** Windows of the recordings as they are, spoilt by the corruption. */
    static Batches plain(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        return new BatchSource(data.of(spec.channels().size()), spec, augmentation, seed);
    }
}
