package dev.limpid.train;

import java.util.SplittableRandom;

/** The windows that a network is graded on, as its spec's {@link Supervision} wants them. */
final class Lessons {
    private Lessons() {}

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
