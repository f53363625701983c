package dev.limpid.service;

import dev.limpid.codec.SigningKey;
import dev.limpid.definition.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a trainer is to do.
 *
 * @param bundled the model in force as long as the topic names none
 * @param subject how models of its kind are trained and judged
 * @param marks what else of the topic is left out; asked at the beginning of each round
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
        Subject subject,
        Marks marks,
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

    /** The same of another subject. */
    TrainerPlan with(Subject other) {
        return new TrainerPlan(
                definition, bundled, other, marks, rounds, every, onDrift, publish, shadow, key, instance);
    }
}
