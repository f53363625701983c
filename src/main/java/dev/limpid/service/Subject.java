package dev.limpid.service;

import dev.limpid.kafka.InputTopic;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.onnx.ModelFile;
import dev.limpid.train.OnnxBytes;
import dev.limpid.train.TrainingListener;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a trainer's rounds are about: how models of a kind are trained on what flowed, and which of two is better. When a round begins, how
 * it splits what flowed, and what is done with its outcome is the same for all.
 */
public sealed interface Subject permits SignalSubject, TokenSubject {
    /**
     * Reads what a round needs.
     *
     * @param version of the candidate
     */
    Material read(TrainerPlan plan, String version, Flow flow);

    /**
     * What flowed, and what it is to surpass.
     *
     * @param nowMs when the round began
     * @param goOn whether to; reading ends early if not
     */
    record Flow(
            InputTopic topic, Split split, LeftOut leftOut, long nowMs, BooleanSupplier goOn, Incumbent incumbent) {}

    /**
     * The model in force.
     *
     * @param name as {@link dev.limpid.model.ModelId} is written
     * @param model stays whose it is
     */
    record Incumbent(Path file, String name, ModelFile model) {}

    /**
     * A model that was trained.
     *
     * @param name of the model, without a version
     * @param remark what to say of it on the status topic; empty if it is as was asked for
     */
    record Candidate(OnnxBytes bytes, String name, String remark) {}

    /** What a round has read. */
    interface Material {
        /** For people: what there is. */
        String told();

        /** What errors are of, such as {@code pieces}. */
        String things();

        /** What follows an error, such as {@code " nats"}; empty if it is relative. */
        String unit();

        /** Samples that were read, of series that have a place in the sample. */
        long samples();

        /** Why it is too little, and what to do; empty if it is enough. */
        Optional<String> tooLittle();

        /** Trains on all but what is to judge by. */
        Candidate train(TrainingListener listener) throws IOException, TrainingRefused;

        /** Compares a candidate with the incumbent by what neither has seen. */
        Judged compare(ModelFile candidate);

        /** Why a candidate that compares better is not to be believed; empty if it may. */
        Optional<String> doubt(ModelFile candidate);
    }
}
