package dev.limpid.train;

import dev.limpid.train.Ends.Normalisation;
import dev.limpid.train.Ends.Output;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A tiny training on frames of 8 by 8 with a bright bar of random place and direction in each. */
final class Bars {
    static final Frame FRAME = new Frame(1, 8, 8);

    private Bars() {}

    static TrainSpec spec(double features) {
        return new TrainSpec(
                "bars",
                "1",
                List.of("pixel"),
                "",
                64,
                new UNet2d(FRAME, List.of(4), 2, Activation.RELU),
                new Schedule(12, 8, 5e-3, 1e-2, 6, 10),
                Corruption.of(List.of(new Gaussian(1, Range.of(0.3), Scale.UNIT, Optional.of(new Range(0, 1))))),
                Augmentation.NONE,
                0.1,
                3,
                new Loss(new Loss.CrossEntropy(), 0, features, List.of()),
                new Ends(Normalisation.NONE, Output.SIGMOID),
                Optional.of(FRAME));
    }

    static TrainingData data() {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[200 * 64];
        for (int frame = 0; frame < 200; frame++) {
            int place = random.nextInt(8);
            boolean upright = random.nextBoolean();
            for (int i = 0; i < 8; i++) {
                values[frame * 64 + (upright ? 8 * i + place : 8 * place + i)] = 1;
            }
        }
        return new TrainingData(List.of(new Recording("bars", "", List.of(values))), List.of());
    }
}
