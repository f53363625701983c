package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Durations;
import dev.limpid.service.TopicRecordings;
import dev.limpid.train.Supervision;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options by which {@code limpid train} takes what flowed on the input topic instead of clean files. */
final class TopicSource {
    @Option(
            names = "--from-topic",
            description =
                    "Trains on what flowed on the definition's input topic, instead of --clean: the raw values, noise"
                            + " and all, read_committed, a fair sample of the series in bounded memory.")
    private boolean fromTopic;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "With --from-topic: only records of the last so long, such as 24h; default: all there are.")
    private @Nullable String since;

    boolean given() {
        return fromTopic;
    }

    void check(
            List<Path> clean, NoisyOptions noisy, Supervision supervision, boolean synthetic, List<String> problems) {
        if (since != null && !fromTopic) {
            problems.add("--since has no meaning without --from-topic");
        }
        if (since != null && Durations.parse(since) == null) {
            problems.add("--since is '" + since + "', wanted a duration such as 24h");
        }
        if (fromTopic && !clean.isEmpty()) {
            problems.add("--clean and --from-topic exclude each other");
        }
        if (fromTopic && noisy.givenFiles()) {
            problems.add(
                    "--noisy, --paired and --exclude-alerts are for files and --from-topic reads none; leave them out"
                            + " (what raised alerts is, as the alerts topic says), or give --noisy FILE alone");
        }
        if (fromTopic && supervision.sensors() > 1) {
            problems.add("train.supervision noise2noise needs a second sensor, which --from-topic does not read; take"
                    + " blind-spot or noisier2noise, or give --noisy FILE");
        }
        if (fromTopic && synthetic) {
            problems.add("train.synthetic makes its signals up; --from-topic has no meaning");
        }
    }

    /** {@code data} with what was read as its signals, if that was asked for. */
    TrainingData read(TrainingData data, NoisyOptions noisy, Definition definition, TrainSpec spec, CommandSpec self)
            throws IOException {
        if (!fromTopic) {
            return data;
        }
        long nowMs = System.currentTimeMillis();
        Duration back = since == null ? null : Durations.parse(since);
        TopicRecordings read = TopicRecordings.read(
                definition, spec, back == null ? 0 : nowMs - back.toMillis(), nowMs, Spans.marks(noisy.exclude()));
        self.commandLine().getErr().println(definition.input().topic() + ": " + read.told());
        if (read.recordings().isEmpty()) {
            throw new IllegalStateException("cannot train on "
                    + definition.input().topic() + ": no series has "
                    + TrainingData.leastSamples(spec) + " samples in a row without a break; raise train.held-out, take"
                    + " shorter windows, or wait");
        }
        return new TrainingData(read.recordings(), data.noise(), data.named());
    }
}
