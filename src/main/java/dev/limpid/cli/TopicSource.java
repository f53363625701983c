package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Durations;
import dev.limpid.service.TopicRecordings;
import dev.limpid.service.TopicTokens;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import dev.limpid.train.tokens.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options by which {@code limpid train} takes what flowed on the input topic instead of clean files. */
final class TopicSource {
    @Option(
            names = "--from-topic",
            description =
                    "Trains on what flowed on the definition's input topic, instead of --clean: the raw values, noise"
                            + " and all, or the sessions of tokens, read_committed, a fair sample of the series in bounded memory.")
    private boolean fromTopic;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "With --from-topic: only records of the last so long, such as 24h; default: all there are.")
    private @Nullable String since;

    @Mixin
    private NoiseTopics noise = new NoiseTopics();

    boolean given() {
        return fromTopic;
    }

    private void checkSince(List<Path> clean, List<String> problems) {
        if (since != null && !fromTopic) {
            problems.add("--since has no meaning without --from-topic");
        }
        if (since != null && Durations.parse(since) == null) {
            problems.add("--since is '" + since + "', wanted a duration such as 24h");
        }
        if (fromTopic && !clean.isEmpty()) {
            problems.add("--clean and --from-topic exclude each other");
        }
    }

    /** When reading begins, in milliseconds since the epoch; 0: with all there is. */
    private long sinceMs(long nowMs) {
        Duration back = since == null ? null : Durations.parse(since);
        return back == null ? 0 : nowMs - back.toMillis();
    }

    void check(List<Path> clean, NoisyOptions noisy, TrainSpec spec, boolean synthetic, List<String> problems) {
        checkSince(clean, problems);
        noise.check(spec, synthetic, problems);
        if (fromTopic && noisy.givenFiles()) {
            problems.add(
                    "--noisy, --paired and --exclude-alerts are for files and --from-topic reads none; leave them out"
                            + " (what raised alerts is, as the alerts topic says), or give --noisy FILE alone");
        }
        if (fromTopic && spec.supervision().sensors() > 1) {
            problems.add("train.supervision noise2noise needs a second sensor, which --from-topic does not read; take"
                    + " blind-spot or noisier2noise, or give --noisy FILE");
        }
        if (fromTopic && synthetic) {
            problems.add("train.synthetic makes its signals up; --from-topic has no meaning");
        }
    }

    /** {@code data} with what was read as its signals and as noise, if that was asked for. */
    TrainingData read(TrainingData data, NoisyOptions noisy, Definition definition, TrainSpec spec, CommandSpec self)
            throws IOException {
        PrintWriter err = self.commandLine().getErr();
        TrainingData all = noise.added(data, definition, spec, err);
        if (!fromTopic) {
            return all;
        }
        long nowMs = System.currentTimeMillis();
        TopicRecordings read =
                TopicRecordings.read(definition, spec, sinceMs(nowMs), nowMs, Spans.marks(noisy.exclude()));
        err.println(definition.input().topic() + ": " + read.told());
        if (read.recordings().isEmpty()) {
            throw new IllegalStateException("cannot train on "
                    + definition.input().topic() + ": no series has "
                    + TrainingData.leastSamples(spec) + " samples in a row without a break; raise train.held-out, take"
                    + " shorter windows, or wait");
        }
        return new TrainingData(read.recordings(), all.noise(), all.named());
    }

    /** Where sessions of tokens come from: the topic, if that was asked for, else {@code clean}. */
    TokenTraining.Source tokens(List<Path> clean, NoisyOptions noisy, PrintWriter err) {
        return (definition, first, seed, problems) -> {
            checkSince(clean, problems);
            if (!fromTopic) {
                if (!noisy.exclude().isEmpty()) {
                    problems.add("--exclude has no meaning without --from-topic: leave the lines out of the files");
                }
                return new TokenTraining.OfFiles(clean).sessions(definition, first, seed, problems);
            }
            for (Path marked : noisy.exclude()) {
                new Spans(problems).addMarked(marked);
            }
            if (!problems.isEmpty()) {
                return Sessions.of(List.of());
            }
            long nowMs = System.currentTimeMillis();
            TopicTokens read =
                    TopicTokens.read(definition, first, seed, sinceMs(nowMs), nowMs, Spans.marks(noisy.exclude()));
            String topic = definition.input().topic();
            err.println(topic + ": " + read.told());
            Sessions sessions = read.sessions(first);
            if (sessions.size() == 0) {
                problems.add(topic + " holds no session that is whole: " + read.told() + "; wait, or raise --since");
            } else {
                definition.problems(sessions.vocabulary()).forEach(problem -> problems.add(topic + ": " + problem));
            }
            return sessions;
        };
    }
}
