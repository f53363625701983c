package dev.limpid.cli;

import dev.limpid.codec.SigningKey;
import dev.limpid.definition.Definition;
import dev.limpid.demo.DemoTrainer.Trained;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Outcome;
import dev.limpid.service.RoundSpec;
import dev.limpid.service.SignalSubject;
import dev.limpid.service.TrainerLoop;
import dev.limpid.service.TrainerPlan;
import dev.limpid.train.Corruption;
import dev.limpid.train.CsvRecording;
import dev.limpid.train.Network;
import dev.limpid.train.Recording;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import dev.limpid.train.UNet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The trainer of {@code limpid demo --train}: one round as {@code limpid trainer --once --publish} does it, with a small network. */
final class DemoTraining {
    /** Trained in some ten seconds of one core beside a running pipeline. */
    private static final Network SMALL = new UNet(List.of(8, 12, 16), 4);

    private static final int STEPS = 500;
    /** The raw values are noisy already: what is added must be stronger, or the network learns to leave it. */
    private static final Corruption STRONG = new Corruption(1, -6, 3, 0.1, 0.03, 0.3, 0.2, 0.3, 0);

    private DemoTraining() {}

    static Trained round(Definition definition, Path bundled, Path noise, Path key) {
        try {
            List<Recording> sources = CsvRecording.read(noise).of(List.of(""));
            TrainerPlan plan = new TrainerPlan(
                    definition,
                    bundled,
                    new SignalSubject(new TrainingData(List.of(), sources), DemoTraining::small),
                    TrainerPlan.Marks.NONE,
                    RoundSpec.DEFAULT,
                    Duration.ofHours(6),
                    false,
                    true,
                    false,
                    Optional.of(SigningKey.read(key)),
                    "demo-trainer");
            TrainerStatus status = new TrainerLoop(plan).once();
            boolean published = status.outcome() == Outcome.PUBLISHED;
            return new Trained(
                    published ? Optional.of(status.model().replaceAll("@.*$", "")) : Optional.empty(), status.reason());
        } catch (IOException | TrainingRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static TrainSpec small(TrainSpec spec) {
        return spec.with(SMALL).with(STRONG).with(spec.schedule().withSteps(STEPS));
    }
}
