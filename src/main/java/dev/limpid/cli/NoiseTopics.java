package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.service.TopicRecordings;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** The option by which a training takes recorded noise from topics, beside that from files. */
final class NoiseTopics {
    @Option(
            names = "--noise-topic",
            paramLabel = "TOPIC",
            description =
                    "A topic of recorded noise and nothing else, in the input topic's format: a fair sample of it, each"
                            + " channel of each series a source, around its mean; repeatable.")
    private List<String> topics = List.of();

    boolean given() {
        return !topics.isEmpty();
    }

    /** @param madeUp whether signals are made up */
    void check(TrainSpec spec, boolean madeUp, List<String> problems) {
        if (!topics.isEmpty() && madeUp) {
            problems.add("train.synthetic makes its noise up; --noise-topic has no meaning");
        }
        if (!topics.isEmpty() && spec.frame().isPresent()) {
            problems.add("--noise-topic is for signals, kind is frame: give --noise FILE");
        }
    }

    /**
     * {@code data} with what was read as further noise, if that was asked for.
     *
     * @param err is told what was read
     * @throws IllegalStateException if a topic cannot be read, or holds nothing long enough
     */
    TrainingData added(TrainingData data, Definition definition, TrainSpec spec, PrintWriter err) {
        TrainingData all = data;
        for (String topic : topics) {
            TopicRecordings read = TopicRecordings.noise(definition, topic, spec, System.currentTimeMillis());
            err.println(topic + ": " + read.told());
            if (read.recordings().isEmpty()) {
                throw new IllegalStateException("no noise in " + topic + ": no series has "
                        + TrainingData.leastSamples(spec) + " samples in a row without a break");
            }
            all = all.withNoise(read.recordings());
        }
        return all;
    }
}
