package dev.limpid.service;

import dev.limpid.definition.Definition;
import dev.limpid.kafka.AlertsTopic;
import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.train.Recording;
import dev.limpid.train.Supervision;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What flowed on a pipeline's input topic as recordings to train on: raw values, noise and all, for nobody knows the clean ones.
 *
 * @param recordings of equal length, so that a series counts by how many it has
 * @param series of which something is there, or would be if it had spoken for longer
 * @param leftOut samples that were, because they raised alerts or were marked
 * @param reading how many records were read, and how many of them the pipeline refuses, too
 */
public record TopicRecordings(
        List<Recording> recordings, int series, List<OffsetRange> ranges, long leftOut, InputTopic.Reading reading) {
    /** Most values kept, unless said otherwise: 64 MiB. */
    public static final long MOST_VALUES = 16L << 20;

    public TopicRecordings {
        recordings = List.copyOf(recordings);
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads all that is there but what raised alerts, if the definition has a topic of them, and what is marked.
     *
     * @param sinceMs records before that time are left out; 0: none
     * @throws IllegalStateException if a topic cannot be read
     */
    public static TopicRecordings read(
            Definition definition, TrainSpec spec, long sinceMs, long nowMs, List<LeftOut.Mark> marks) {
        try (InputTopic topic = InputTopic.of(definition)) {
            List<OffsetRange> ranges = topic.ranges(sinceMs);
            LeftOut leftOut = new LeftOut(AlertsTopic.read(definition), marks);
            TopicPieces pieces = pieces(definition, spec, leftOut, () -> true);
            return read(topic, ranges, spec, nowMs, pieces);
        }
    }

    /**
     * Reads all of a topic that holds nothing but noise, in records like those of the input topic: a fair sample of it, each channel of each
     * piece around its mean.
     *
     * @throws IllegalStateException if the topic cannot be read
     */
    public static TopicRecordings noise(Definition definition, String name, TrainSpec spec, long nowMs) {
        try (InputTopic topic = InputTopic.of(definition, name)) {
            TopicRecordings read =
                    read(topic, topic.ranges(0), spec, nowMs, pieces(definition, spec, LeftOut.NONE, () -> true));
            return new TopicRecordings(
                    read.recordings.stream().map(Recording::aroundMean).toList(),
                    read.series,
                    read.ranges,
                    read.leftOut,
                    read.reading);
        }
    }

    /** An empty sample of pieces that are long enough to train {@code spec} on. */
    static TopicPieces pieces(Definition definition, TrainSpec spec, LeftOut leftOut, BooleanSupplier more) {
        TopicPieces.Size size = TopicPieces.Size.of(
                TrainingData.leastSamples(spec), spec.channels().size(), MOST_VALUES, spec.seed());
        return new TopicPieces(definition.spec(), size, leftOut, more);
    }

    /** @param pieces an empty sample */
    static TopicRecordings read(
            InputTopic topic, List<OffsetRange> ranges, TrainSpec spec, long nowMs, TopicPieces pieces) {
        InputTopic.Reading reading = topic.read(ranges, nowMs, pieces);
        // a straight line over a hole tells of its ends' noise, which must not be told where noise is what is graded
        // against
        boolean known = spec.supervision() instanceof Supervision.Clean;
        List<Recording> recordings = pieces.pieces().stream()
                .map(piece -> (known ? piece.closed() : piece).recording())
                .toList();
        return new TopicRecordings(recordings, pieces.series(), ranges, pieces.samplesLeftOut(), reading);
    }

    /** For people: what was read. */
    public String told() {
        long samples = recordings.stream().mapToLong(Recording::samples).sum();
        return String.format(
                Locale.ROOT,
                "%d records of %d partitions, %d of them refused: %d pieces of %d series, %d samples%s",
                reading.records(),
                ranges.size(),
                reading.refused(),
                recordings.size(),
                series,
                samples,
                leftOut > 0 ? "; " + leftOut + " that raised alerts or were marked are left out" : "");
    }
}
