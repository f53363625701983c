package dev.limpid.service;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Nearest;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.util.function.UnaryOperator;

/**
 * Signals: a candidate is trained on raw values, and judged by how well it gives back what is taken from them.
 *
 * @param noise recorded noise; no clean recordings
 * @param overrides what the command line says over the definition
 */
public record SignalSubject(TrainingData noise, UnaryOperator<TrainSpec> overrides) implements Subject {
    /** Windows per judged piece: a part of it is seen by whole windows from both sides. */
    private static final int JUDGED_WINDOWS = 4;

    @Override
    public Material read(TrainerPlan plan, String version, Flow flow) {
        Definition definition = plan.definition();
        TrainSpec spec = spec(definition, version);
        TopicPieces training = TopicRecordings.pieces(definition, spec, flow.leftOut(), flow.goOn());
        TopicRecordings read =
                TopicRecordings.read(flow.topic(), flow.split().training(), spec, flow.nowMs(), training);
        int length = JUDGED_WINDOWS * definition.window().length();
        TopicPieces newest = new TopicPieces(
                definition.spec(),
                new TopicPieces.Size(length, SignalMaterial.MOST_JUDGED, SignalMaterial.MOST_JUDGED, spec.seed()),
                flow.leftOut(),
                flow.goOn());
        flow.topic().read(flow.split().judged(), flow.nowMs(), newest);
        return new SignalMaterial(
                plan,
                this,
                spec,
                flow.incumbent(),
                read,
                newest.pieces(),
                newest.series(),
                length,
                training.samples() + newest.samples());
    }

    /** How the model of that version is trained. */
    private TrainSpec spec(Definition definition, String version) {
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
