package dev.limpid.service;

import dev.limpid.definition.Definition;
import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.train.Recording;
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
 * @param reading how many records were read, and how many of them the pipeline refuses, too
 */
public record TopicRecordings(
        List<Recording> recordings, int series, List<OffsetRange> ranges, InputTopic.Reading reading) {
    /** Most values kept, unless said otherwise: 64 MiB. */
    public static final long MOST_VALUES = 16L << 20;

    public TopicRecordings {
        recordings = List.copyOf(recordings);
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads all that is there.
     *
     * @param sinceMs records before that time are left out; 0: none
     * @throws IllegalStateException if the topic cannot be read
     */
    public static TopicRecordings read(Definition definition, TrainSpec spec, long sinceMs, long nowMs) {
        try (InputTopic topic = InputTopic.of(definition)) {
            return read(topic, topic.ranges(sinceMs), definition, spec, nowMs, () -> true);
        }
    }

    static TopicRecordings read(
            InputTopic topic,
            List<OffsetRange> ranges,
            Definition definition,
            TrainSpec spec,
            long nowMs,
            BooleanSupplier more) {
        TopicPieces.Size size = TopicPieces.Size.of(
                TrainingData.leastSamples(spec), spec.channels().size(), MOST_VALUES, spec.seed());
        TopicPieces pieces = new TopicPieces(definition.spec(), size, more);
        InputTopic.Reading reading = topic.read(ranges, nowMs, pieces);
        List<Recording> recordings =
                pieces.pieces().stream().map(Piece::recording).toList();
        return new TopicRecordings(recordings, pieces.series(), ranges, reading);
    }

    /** For people: what was read. */
    public String told() {
        long samples = recordings.stream().mapToLong(Recording::samples).sum();
        return String.format(
                Locale.ROOT,
                "%d records of %d partitions, %d of them refused: %d pieces of %d series, %d samples",
                reading.records(),
                ranges.size(),
                reading.refused(),
                recordings.size(),
                series,
                samples);
    }
}
