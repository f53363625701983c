package dev.limpid.service;

import dev.limpid.codec.SigningKey;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Nearest;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a trainer is to do.
 *
 * @param bundled the model in force as long as the topic names none
 * @param noise recorded noise; no clean recordings
 * @param marks what else of the topic is left out; asked at the beginning of each round
 * @param overrides what the command line says over the definition
 * @param every from the end of one round to the next
 * @param onDrift whether drift calls for a round before
 * @param publish whether a better model is published
 * @param shadow whether it runs beside the one in force first
 * @param key to sign with
 * @param instance the trainer's name
 */
public record TrainerPlan(
        Definition definition,
        Path bundled,
        TrainingData noise,
        Marks marks,
        UnaryOperator<TrainSpec> overrides,
        RoundSpec rounds,
        Duration every,
        boolean onDrift,
        boolean publish,
        boolean shadow,
        Optional<SigningKey> key,
        String instance) {
    /** Reads what a user marked. */
    public interface Marks {
        /** Nothing is. */
        Marks NONE = List::of;

        /**
         * What is marked now.
         *
         * @throws IllegalStateException with all that is wrong with what was written
         */
        List<LeftOut.Mark> read() throws IOException;
    }

    /** The same with other overrides. */
    TrainerPlan with(UnaryOperator<TrainSpec> other) {
        return new TrainerPlan(
                definition, bundled, noise, marks, other, rounds, every, onDrift, publish, shadow, key, instance);
    }

    /** How the model of that version is trained. */
    TrainSpec spec(String version) {
        TrainBlock.Read read = TrainBlock.read(
                definition.train(),
                new TrainBlock.Target(
                        definition.model().name(),
                        version,
                        definition.input().channels(),
                        definition.window().length(),
                        definition.input().sampleRateHz(),
                        definition.kind()),
                Nearest::of);
        return overrides.apply(read.spec());
    }
}
