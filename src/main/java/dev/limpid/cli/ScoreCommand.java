package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Tokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.pipeline.Tally;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid score}. */
@Command(
        name = "score",
        description = "Scores a file of sessions of tokens, without Kafka: the same pipeline, the same scores.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition of kind tokens.")
    private Path definitionFile = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "TXT",
            description =
                    "As for 'limpid train': one session a line, tokens with spaces between them; with input.format drain a log line a"
                            + " line and an empty one behind each session. May end in .gz.")
    private Path input = Path.of("");

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "CSV",
            description =
                    "Gets session,score,alert: the number of the session, the greatest score of its windows, and whether"
                            + " they raise an alert.")
    private Path scores = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "ONNX",
            description =
                    "Instead of the definition's model; with --train, the file that the trained one is written to.")
    private @Nullable Path model;

    @Option(
            names = "--train",
            paramLabel = "TXT",
            description =
                    "Trains on these sessions first, as 'limpid train' does, and scores by that model; repeatable.")
    private List<Path> train = List.of();

    @Option(names = "--output", paramLabel = "FORMAT", description = "Of the summary: text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, ModelRefused, TrainingRefused {
        Definition definition = DefinitionLoader.load(definitionFile, System.getenv());
        Tokens tokens = definition
                .tokens()
                .orElseThrow(() -> new IllegalArgumentException(definitionFile + ": pipeline '" + definition.pipeline()
                        + "' is of kind " + definition.kind().label()
                        + ", score is for tokens; use limpid denoise --scores"));
        score(definition, tokens, trained(definition));
        return 0;
    }

    /** The model that {@link #train} gives, or {@link #model}; null if it is the definition's. */
    private @Nullable Path trained(Definition definition) throws IOException, TrainingRefused {
        if (train.isEmpty() || spec == null) {
            return model;
        }
        if (!Files.isReadable(input)) {
            throw new IllegalArgumentException(input + " cannot be read");
        }
        Path out = model == null ? passing() : model;
        new TokenTraining(
                        definition,
                        Vocabulary.EMPTY,
                        definition.model().name(),
                        "1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        "bin/limpid "
                                + String.join(
                                        " ", spec.commandLine().getParseResult().originalArgs()))
                .run(
                        new TokenTraining.OfFiles(train),
                        out,
                        Optional.empty(),
                        spec.commandLine().getErr());
        return out;
    }

    /** A model file that goes, with its card, when the command ends. */
    private static Path passing() throws IOException {
        Path folder = Files.createTempDirectory("limpid-score");
        Path file = folder.resolve("model.onnx");
        // the last one goes first
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        folder.resolve("model.md").toFile().deleteOnExit();
        return file;
    }

    private void score(Definition definition, Tokens tokens, @Nullable Path onnx) throws IOException, ModelRefused {
        ModelFile file = ModelOpening.open(definitionFile, definition, onnx);
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            print(score(definition, tokens, slot));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(input + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> score(Definition definition, Tokens tokens, ModelSlot slot) throws IOException {
        long start = System.nanoTime();
        Path part = scores.resolveSibling(scores.getFileName() + ".part");
        Map<String, Object> summary = new LinkedHashMap<>();
        try (InputStream raw = Files.newInputStream(input);
                InputStream in = input.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                Writer out = Files.newBufferedWriter(part)) {
            SessionScores run = new SessionScores(definition, tokens, slot, out);
            Tally tally = run.run(in);
            summary.put("sessions", run.sessions());
            summary.put("alerts", run.alerts());
            summary.put("tokens", tally.accepted());
            summary.put("unknown", tally.unknown());
            summary.put("windows", tally.windows());
            summary.put("model", slot.spec().id().toString());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, scores, StandardCopyOption.REPLACE_EXISTING);
        summary.put("seconds", Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
        return summary;
    }

    private void print(Map<String, Object> summary) {
        if (spec != null) {
            Results.print(spec.commandLine().getOut(), format, summary);
        }
    }
}
