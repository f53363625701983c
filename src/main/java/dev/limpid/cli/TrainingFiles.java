package dev.limpid.cli;

import dev.limpid.definition.DefinitionLoader;
import dev.limpid.train.Corruption;
import dev.limpid.train.CsvRecording;
import dev.limpid.train.FrameRecording;
import dev.limpid.train.Recording;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a training is given; what is wrong with the files is collected. */
final class TrainingFiles {
    /** Noise has no channels to be told apart by: each column is a source. */
    private static final List<String> EACH = List.of("");

    private final Path definitionFile;
    private final List<String> problems;

    TrainingFiles(Path definitionFile, List<String> problems) {
        this.definitionFile = definitionFile;
        this.problems = problems;
    }

    List<String> problems() {
        return problems;
    }

    /** The clean recordings and noise of the command line, and the noise that the definition's corruption names. */
    TrainingData data(List<String> channels, List<Path> clean, List<Path> noise, Corruption corruption)
            throws IOException {
        return new TrainingData(recordings(clean, channels), recordings(noise, EACH), named(corruption));
    }

    /** What a spec is trained on: frames, if its windows are. */
    TrainingData data(TrainSpec spec, List<Path> clean, List<Path> noise) throws IOException {
        if (spec.frame().isEmpty()) {
            return data(spec.channels(), clean, noise, spec.corruption());
        }
        List<Recording> frames = new ArrayList<>();
        for (Path file : readable(clean)) {
            try {
                frames.add(FrameRecording.read(file, spec.frame().get()));
            } catch (TrainingRefused e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new TrainingData(frames, recordings(noise, EACH), named(spec.corruption()));
    }

    private SortedMap<String, List<Recording>> named(Corruption corruption) throws IOException {
        SortedMap<String, List<Recording>> named = new TreeMap<>();
        for (String name : corruption.files()) {
            named.put(name, recordings(List.of(DefinitionLoader.beside(definitionFile, name)), EACH));
        }
        return named;
    }

    /** Noisy recordings instead of clean ones, and noise that has the channels' places where it has as many. */
    TrainingData noisyData(List<Recording> noisy, List<String> channels, List<Path> noise, Corruption corruption)
            throws IOException {
        TrainingData named = data(channels, List.of(), List.of(), corruption);
        return new TrainingData(noisy, recordings(noise, channels), named.named());
    }

    private List<Recording> recordings(List<Path> files, List<String> channels) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : readable(files)) {
            try {
                recordings.addAll(CsvRecording.read(file).of(channels));
            } catch (TrainingRefused e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return recordings;
    }

    private List<Path> readable(List<Path> files) {
        files.stream().filter(file -> !Files.isReadable(file)).forEach(file -> problems.add(file + " cannot be read"));
        return files.stream().filter(Files::isReadable).toList();
    }
}
