package dev.limpid.cli;

import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.signal.Kind;
import dev.limpid.train.TrainingRefused;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a vocabulary begins. */
final class VocabularyOption {
    @Option(
            names = "--vocabulary",
            paramLabel = "ONNX",
            description = "Of kind tokens: a model whose vocabulary the new one's begins with, so that it can take the"
                    + " other's place in a running pipeline.")
    private @Nullable Path model;

    /** That of the model that was named; {@link Vocabulary#EMPTY} if none was. */
    Vocabulary first() throws TrainingRefused {
        if (model == null) {
            return Vocabulary.EMPTY;
        }
        Vocabulary first;
        try {
            first = ModelInspection.of(model)
                    .metadata()
                    .map(ModelMetadata::vocabulary)
                    .orElse(Vocabulary.EMPTY);
        } catch (ModelRefused e) {
            throw new TrainingRefused("cannot train", List.of("--vocabulary: " + e.getMessage()));
        }
        if (first.entries().isEmpty()) {
            throw new TrainingRefused("cannot train", List.of("--vocabulary: " + model + " is no model of tokens"));
        }
        return first;
    }

    void check(Kind kind, List<String> problems) {
        if (model != null && !(kind instanceof Kind.Tokens)) {
            problems.add("--vocabulary is for kind tokens");
        }
    }
}
