package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.train.Recording;
import dev.limpid.train.Supervision;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code limpid train} takes where nobody has clean recordings. */
final class NoisyOptions {
    @Option(
            names = "--noisy",
            paramLabel = "CSV",
            description = "A noisy recording, plain or .gz, for a 'train' block with a"
                    + " supervision other than clean; empty cells and steps in time are gaps; repeatable.")
    private List<Path> noisy = List.of();

    @Option(
            names = "--paired",
            paramLabel = "CSV",
            description =
                    "What a second sensor of the same signal gave, for supervision noise2noise, by timestamp if both files"
                            + " have that column, else row by row; one for"
                            + " each --noisy unless the columns stand there.")
    private List<Path> paired = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "FILE",
            description =
                    "Spans to leave out: CSV with start and end (and what else there is), or the JSON of an alerts topic,"
                            + " a line each; repeatable.")
    private List<Path> exclude = List.of();

    @Option(
            names = "--exclude-alerts",
            paramLabel = "CSV",
            description =
                    "Scores as 'limpid denoise --scores' writes them: what raises an alert by the definition's rule is"
                            + " left out; repeatable.")
    private List<Path> scores = List.of();

    /** What is given although {@code spec} has no use for it, and the other way round. */
    void check(TrainSpec spec, List<Path> clean, boolean fromTopic, List<String> problems) {
        if (spec.supervision() instanceof Supervision.Clean) {
            if (givenFiles() || (!exclude.isEmpty() && !fromTopic)) {
                problems.add("--noisy, --paired and --exclude are for noisy recordings, train.supervision is clean;"
                        + " set it to blind-spot, noise2noise or noisier2noise");
            }
            return;
        }
        if (!clean.isEmpty()) {
            problems.add("train.supervision learns from noisy recordings: give --noisy instead of --clean");
        }
    }

    /** The data of a training that learns from noisy recordings; how much of them was left out is told to {@code err}. */
    TrainingData data(TrainingFiles files, Definition definition, List<Path> noise, TrainSpec spec, PrintWriter err)
            throws IOException {
        Spans spans = new Spans(files.problems());
        for (Path file : exclude) {
            spans.addMarked(file);
        }
        for (Path file : scores) {
            spans.addScores(file, definition.alerts());
        }
        NoisyFiles reader = new NoisyFiles(definition, spans.all(), files.problems());
        List<Recording> recordings = reader.read(this, spec.supervision());
        if (!reader.summary().isEmpty()) {
            err.println(reader.summary());
        }
        return files.noisyData(recordings, definition.input().channels(), noise, spec.corruption());
    }

    List<Path> noisy() {
        return noisy;
    }

    List<Path> paired() {
        return paired;
    }

    List<Path> exclude() {
        return exclude;
    }

    /** What has a meaning for files only. */
    boolean givenFiles() {
        return !(noisy.isEmpty() && paired.isEmpty() && scores.isEmpty());
    }
}
