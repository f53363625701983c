package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.eval.Assessment;
import dev.limpid.eval.Case;
import dev.limpid.eval.ChannelFacts;
import dev.limpid.eval.Comparison;
import dev.limpid.eval.Evidence;
import dev.limpid.eval.FrameRange;
import dev.limpid.eval.ScoreCalibration;
import dev.limpid.eval.filter.Filters;
import dev.limpid.eval.report.FrameReport;
import dev.limpid.eval.report.Report;
import dev.limpid.eval.report.TokenEvaluationReport;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid evaluate}: how good a model is on a file, beside the classical filters. */
@Command(
        name = "evaluate",
        description =
                "Says how well a model cleans a file, beside classical filters on the same data, or tokens left alone.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final String BEST = "best";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition.")
    private Path definitionFile = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "CSV",
            description = "Noisy records, as for denoise. May end in .gz.")
    private Path input = Path.of("");

    @Option(
            names = "--clean",
            paramLabel = "CSV",
            description =
                    "The truth, row by row: a column of the same name, or 'clean', or 'clean_GROUP' for 'noisy_GROUP_…'."
                            + " May be the input file. Without it, samples are hidden and told. Of frames and tokens needed: the"
                            + " same records as they should be.")
    private @Nullable Path clean;

    @Option(names = "--model", paramLabel = "ONNX", description = "Instead of the definition's model.")
    private @Nullable Path model;

    @Option(
            names = "--each-column",
            description = "Every column but the timestamp is a series of its own, for a pipeline of one channel.")
    private boolean eachColumn;

    @Option(
            names = "--filters",
            paramLabel = "LIST",
            description =
                    "Of signals: what to compare with, as in 'band-pass 0.5..40 Hz order 2, median 5, savitzky-golay 11 degree 3, wiener 13,"
                            + " wavelet 4 hard'; 'best' tries many of each family and takes the best for each series. One of each unless told.")
    private @Nullable String filters;

    @Option(names = "--report", paramLabel = "HTML", description = "Gets a page: examples, spectra, diagnosis, table.")
    private @Nullable Path report;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, ModelRefused {
        Definition definition = DefinitionLoader.load(definitionFile, System.getenv());
        if (definition.kind() instanceof Kind.Frame) {
            return frames(definition);
        }
        if (definition.kind() instanceof Kind.Tokens) {
            return tokens(definition);
        }
        ReferenceFile reference = clean == null ? null : ReferenceFile.read(clean, input);
        ModelFile file = ModelOpening.open(definitionFile, definition, model);
        EvaluatedCases cases;
        String id;
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            id = slot.spec().id().toString();
            cases = EvaluatedCases.of(input, definition, eachColumn, slot, reference);
        }
        if (cases.cases().isEmpty()) {
            throw new IllegalArgumentException(input + " holds nothing to grade");
        }
        double rate = definition.input().sampleRateHz();
        Evidence evidence = new Evidence(
                cases.cases(),
                cases.reproduced(),
                channels(file.metadata(), cases.cases()),
                ScoreCalibration.of(
                        file.metadata().scoreQuantiles(), cases.noisy().scores()),
                Optional.empty(),
                Provenance.leaks(file.metadata(), files()),
                rate,
                Optional.empty());
        Assessment assessment = Assessment.of(evidence, compare(file.metadata().name(), cases, rate));
        if (report != null) {
            new Report(id, assessment, definition.window().length(), provenance(file)).write(report);
        }
        if (spec != null) {
            new EvaluationText(id, cases.noisy().rows(), assessment)
                    .print(spec.commandLine().getOut(), format);
        }
        return 0;
    }

    /** The truth of frames or tokens, which there must be. */
    private Path truth(String of) {
        if (clean == null || eachColumn || filters != null) {
            throw new IllegalArgumentException(of + "; --each-column and --filters are for signals");
        }
        return clean;
    }

    private int tokens(Definition definition) throws IOException, ModelRefused {
        Path truth = truth("tokens are evaluated against --clean, the same records as they should be, one a line");
        ModelFile file = ModelOpening.open(definitionFile, definition, model);
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            TokenEvaluation evaluation = new TokenEvaluation(definition, slot, input, truth);
            String id = slot.spec().id().toString();
            if (report != null) {
                new TokenEvaluationReport(id, evaluation.table(), evaluation.examples(), provenance(file))
                        .write(report);
            }
            print(id, evaluation.figures());
        }
        return 0;
    }

    private List<List<String>> provenance(ModelFile file) throws IOException {
        List<List<String>> provenance = new ArrayList<>(Provenance.of(files()));
        provenance.addAll(Provenance.of(file.metadata()));
        return provenance;
    }

    private void print(String id, Map<String, Object> found) {
        if (spec != null) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("model", id);
            figures.putAll(found);
            Results.print(spec.commandLine().getOut(), format, figures);
        }
    }

    private int frames(Definition definition) throws IOException, ModelRefused {
        Path truth = truth("frames are evaluated against --clean, the same frames without noise, one a row");
        ModelFile file = ModelOpening.open(definitionFile, definition, model);
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            FrameEvaluation evaluation = new FrameEvaluation(definition, slot, input, truth);
            String id = slot.spec().id().toString();
            if (report != null) {
                Definition.Pixels pixels = definition.input().pixels().orElseThrow();
                new FrameReport(id, evaluation.table(), evaluation.examples(), provenance(file))
                        .write(
                                report,
                                new Kind.Frame(pixels.height(), pixels.width(), 1),
                                new FrameRange(pixels.low(), pixels.high()));
            }
            print(id, evaluation.figures());
        }
        return 0;
    }

    private List<Path> files() {
        return clean == null || clean.equals(input) ? List.of(input) : List.of(input, clean);
    }

    /** Cases go round by channel. */
    private static List<ChannelFacts> channels(ModelMetadata metadata, List<Case> cases) {
        List<ChannelFacts> facts = new ArrayList<>();
        int count = metadata.channels().size();
        for (int channel = 0; channel < Math.min(count, metadata.inputs().size()); channel++) {
            int of = channel;
            List<Case> its = IntStream.range(0, cases.size())
                    .filter(i -> i % count == of)
                    .mapToObj(cases::get)
                    .toList();
            ChannelSpec known = metadata.channels().get(channel);
            ModelMetadata.InputStatistics trained = metadata.inputs().get(channel);
            facts.add(ChannelFacts.of(
                    known.name(), known.residualScale(), trained.mean(), trained.standardDeviation(), its));
        }
        return facts;
    }

    private Comparison compare(String name, EvaluatedCases cases, double rate) {
        String method = "model " + name;
        if (BEST.equals(filters)) {
            return Comparison.ofBest(method, cases.cases(), Filters.grids(rate), rate);
        }
        return Comparison.of(
                method, cases.cases(), filters == null ? Filters.standard(rate) : Filters.parse(filters), rate);
    }
}
