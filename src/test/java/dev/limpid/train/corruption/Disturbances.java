package dev.limpid.train.corruption;

import java.util.List;
import java.util.Optional;

/** One of each kind, strong enough to be seen. */
final class Disturbances {
    private Disturbances() {}

    static List<Disturbance> one(double chance, double sampleRateHz) {
        return List.of(
                new Gaussian(chance, new Range(0.2, 0.4), Scale.RMS, Optional.of(new Range(-4, 4))),
                new Mask(chance, Range.of(0.7), Hiding.MISSING),
                new Spans(chance, new Range(1, 3), new Range(0.1, 0.3), Hiding.MISSING),
                new Patches(chance, new Range(1, 3), new Range(0.3, 0.5), new Range(0.1, 0.2), Hiding.ZERO),
                new Shuffle(chance, new Range(8, 12)),
                new Impulses(chance, new Range(0.01, 0.03), new Range(2, 5), Scale.RMS),
                new Dropout(chance, new Range(0.1, 0.3), 0),
                new Either(
                        chance,
                        List.of(
                                new Quantisation(0.5, Range.of(0.7), Scale.RMS),
                                new Impulses(0.5, Range.of(0.05), Range.of(4), Scale.RMS))),
                new Stuck(chance, new Range(0.1, 0.3)),
                new Wander(chance, new Range(0.5, 1.5), Scale.RMS, new Range(0.2, 0.5), sampleRateHz),
                new Drift(chance, new Range(0.5, 2), new Range(-1, 1), Scale.RMS),
                new Quantisation(chance, new Range(0.2, 0.6), Scale.RMS),
                new Saturation(chance, new Range(0.5, 0.7)),
                new Hum(chance, new Range(0.2, 0.5), Scale.RMS, new Range(49.8, 50.2), 3, sampleRateHz),
                new Recorded(chance, "", new Range(0, 6)),
                new SaltAndPepper(chance, new Range(0.02, 0.1), new Range(-4, 4)),
                new DeadRows(chance, Range.of(1), Hiding.ZERO));
    }
}
