package dev.limpid.cli;

import dev.limpid.definition.DefinitionLoader;
import dev.limpid.train.Corruption;
import dev.limpid.train.CsvRecording;
import dev.limpid.train.Recording;
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
        SortedMap<String, List<Recording>> named = new TreeMap<>();
        for (String name : corruption.files()) {
            named.put(name, recordings(List.of(DefinitionLoader.beside(definitionFile, name)), EACH));
        }
        return new TrainingData(recordings(clean, channels), recordings(noise, EACH), named);
    }

    /** Noisy recordings instead of clean ones, and noise that has the channels' places where it has as many. */
    TrainingData noisyData(List<Recording> noisy, List<String> channels, List<Path> noise, Corruption corruption)
            throws IOException {
        TrainingData named = data(channels, List.of(), List.of(), corruption);
        return new TrainingData(noisy, recordings(noise, channels), named.named());
    }

    private List<Recording> recordings(List<Path> files, List<String> channels) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                problems.add(file + " cannot be read");
                continue;
            }
            try {
                recordings.addAll(CsvRecording.read(file).of(channels));
            } catch (TrainingRefused e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return recordings;
    }
}
