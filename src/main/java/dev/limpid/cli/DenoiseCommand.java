package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid denoise}. */
@Command(
        name = "denoise",
        description = "Cleans a file of rows, frames or tokens, without Kafka: the same pipeline, the same bytes.",
        mixinStandardHelpOptions = true)
final class DenoiseCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition.")
    private Path definitionFile = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "CSV",
            description =
                    "With a header; a column named 'timestamp' is carried through. Of frames: one a row, no header. Of tokens: a"
                            + " record a line, as input.format has it, no header. May end in .gz.")
    private Path input = Path.of("");

    @Option(names = "--cleaned", required = true, paramLabel = "CSV", description = "Gets the same rows, cleaned.")
    private Path cleaned = Path.of("");

    @Option(names = "--scores", paramLabel = "CSV", description = "Gets one row per window.")
    private @Nullable Path scores;

    @Option(names = "--plot", paramLabel = "PNG", description = "Gets a picture: raw, cleaned, score.")
    private @Nullable Path plot;

    @Option(names = "--plot-from", paramLabel = "ROW", description = "First row of the picture; 0 unless told.")
    private long plotFrom;

    @Option(names = "--plot-rows", paramLabel = "ROWS", description = "Rows of the picture; 8 windows unless told.")
    private int plotRows;

    @Option(names = "--model", paramLabel = "ONNX", description = "Instead of the definition's model.")
    private @Nullable Path model;

    @Option(
            names = "--each-column",
            description = "Every column but the timestamp is a series of its own, for a pipeline of one channel.")
    private boolean eachColumn;

    @Option(names = "--output", paramLabel = "FORMAT", description = "Of the summary: text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, ModelRefused {
        Definition definition = DefinitionLoader.load(definitionFile, System.getenv());
        ModelFile file = ModelOpening.open(definitionFile, definition, model);
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            print(definition.kind() instanceof Kind.Signal ? denoise(definition, slot) : records(definition, slot));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(input + ": " + e.getMessage(), e);
        }
        return 0;
    }

    private Map<String, Object> denoise(Definition definition, ModelSlot slot) throws IOException {
        long start = System.nanoTime();
        Path part = partOf(cleaned);
        Map<String, Object> summary = new LinkedHashMap<>();
        try (InputStream in = open(input);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                Writer scoreOut = scores == null ? Writer.nullWriter() : Files.newBufferedWriter(scores)) {
            ScoresCsv scoresCsv = new ScoresCsv(scoreOut, definition.input().channels());
            int length = plotRows > 0 ? plotRows : 8 * definition.window().length();
            CsvDenoise run = new CsvDenoise(definition, eachColumn, slot, in, out);
            List<String> names =
                    run.plan().lanes().stream().map(CsvPlan.Lane::name).toList();
            DenoisePlot picture = new DenoisePlot(plotFrom, plot == null ? 0 : length, names.size());
            Tally tally = run.run(new Outputs(scoresCsv, picture));
            if (plot != null) {
                picture.write(plot, names, definition.input().sampleRateHz());
            }
            summary.put("rows", run.rows());
            summary.put(
                    "series", run.plan().seriesColumn() < 0 ? run.plan().lanes().size() : null);
            summary.put("accepted", tally.accepted());
            summary.put("cleaned", tally.cleaned());
            summary.put("imputed", tally.imputed());
            summary.put("fallback", tally.fallback());
            summary.put("passedThrough", tally.passedThrough());
            summary.put("windows", tally.windows());
            summary.put("model", slot.spec().id().toString());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, cleaned, StandardCopyOption.REPLACE_EXISTING);
        summary.put("seconds", Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
        return summary;
    }

    private Map<String, Object> records(Definition definition, ModelSlot slot) throws IOException {
        if (eachColumn || plot != null) {
            throw new IllegalArgumentException((eachColumn ? "--each-column" : "--plot") + " is for signals; a file of "
                    + KindWords.of(definition.kind()).many() + " has a record a line: remove it");
        }
        long start = System.nanoTime();
        Path part = partOf(cleaned);
        Map<String, Object> summary;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                Writer scoreOut = scores == null ? Writer.nullWriter() : Files.newBufferedWriter(scores)) {
            ScoresCsv scoresCsv = new ScoresCsv(scoreOut, definition.input().channels());
            summary = definition.kind() instanceof Kind.Frame
                    ? new FrameDenoiseFile(definition, slot, out, scoresCsv).run(input)
                    : tokens(new TokenFile(definition, slot, out, scoresCsv::write));
            summary.put("model", slot.spec().id().toString());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, cleaned, StandardCopyOption.REPLACE_EXISTING);
        summary.put("seconds", Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
        return summary;
    }

    private Map<String, Object> tokens(TokenFile run) throws IOException {
        try (InputStream in = open(input)) {
            Tally tally = run.run(in);
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("lines", run.lines());
            summary.put("accepted", tally.accepted());
            summary.put("cleaned", tally.cleaned());
            summary.put("imputed", tally.imputed());
            summary.put("replaced", tally.replaced());
            summary.put("passedThrough", tally.passedThrough());
            summary.put("unknown", tally.unknown());
            summary.put("windows", tally.windows());
            return summary;
        }
    }

    private static Path partOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private void print(Map<String, Object> summary) {
        if (spec != null) {
            Results.print(spec.commandLine().getOut(), format, summary);
        }
    }

    /** Writes the scores and fills the picture. */
    private record Outputs(ScoresCsv scores, DenoisePlot picture) implements CsvDenoise.Listener {
        @Override
        public void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block) {
            picture.add(lane, firstRow, block);
        }

        @Override
        public void score(SeriesKey series, WindowScore score) throws IOException {
            scores.write(series, score);
        }
    }
}
