package dev.limpid.cli;

import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelOutline;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Port;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model inspect}. */
@Command(
        name = "inspect",
        description =
                "Says what a model file holds: metadata, metrics, provenance, graph, and where its card is. Does not run it.",
        mixinStandardHelpOptions = true)
final class ModelInspectCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws ModelRefused {
        ModelInspection inspection = ModelInspection.of(file);
        Results.print(
                spec.commandLine().getOut(), format, format == OutputFormat.JSON ? tree(inspection) : text(inspection));
        return 0;
    }

    /** The path of the card beside the file, as the trainer writes it; empty if there is none. */
    private String card() {
        Path card = file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "") + ".md");
        return Files.isRegularFile(card) ? card.toString() : "";
    }

    private Map<String, Object> tree(ModelInspection inspection) {
        ModelOutline outline = inspection.outline();
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("irVersion", outline.irVersion());
        graph.put("opset", outline.opset());
        graph.put("producer", outline.producer());
        graph.put("inputs", outline.inputs());
        graph.put("outputs", outline.outputs());
        graph.put("operators", outline.operators());
        graph.put("nodes", outline.nodes());
        graph.put("parameters", outline.parameters());
        graph.put("tensorBytes", outline.tensorBytes());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sha256", inspection.sha256());
        tree.put("bytes", inspection.size());
        tree.put("card", card().isEmpty() ? null : card());
        tree.put("graph", graph);
        tree.put(
                "metadata",
                inspection.metadata().map(ModelInspectCommand::metadata).orElse(null));
        return tree;
    }

    /** Without the golden windows, which are thousands of numbers. */
    private static Map<String, Object> metadata(ModelMetadata metadata) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", metadata.name());
        tree.put("version", metadata.version());
        tree.put("kind", metadata.kind());
        tree.put("windowLength", metadata.windowLength());
        if (metadata.cleans() instanceof Kind.Frame frame) {
            tree.put("frame", frame);
        }
        if (metadata.cleans() instanceof Kind.Tokens) {
            tree.put("vocabulary", new VocabularyFacts(metadata.vocabulary()).tree());
        }
        tree.put("channels", metadata.channels());
        tree.put("scoreQuantiles", numbers(metadata.scoreQuantiles()));
        tree.put("rangeKnown", metadata.range().known());
        tree.put("training", metadata.training());
        tree.put("inputs", metadata.inputs());
        tree.put("goldenWindows", metadata.golden().size());
        tree.put("metrics", metadata.metrics());
        return tree;
    }

    private static List<Float> numbers(Floats floats) {
        List<Float> numbers = new ArrayList<>();
        for (int i = 0; i < floats.length(); i++) {
            numbers.add(floats.at(i));
        }
        return numbers;
    }

    private Map<String, String> text(ModelInspection inspection) {
        Map<String, String> lines = new LinkedHashMap<>();
        inspection
                .metadata()
                .ifPresentOrElse(
                        metadata -> describe(metadata, lines),
                        () -> lines.put("model", "exported elsewhere; limpid model adopt gives it what Limpid needs"));
        lines.put("card", card());
        ModelOutline outline = inspection.outline();
        lines.put("inputs", ports(outline.inputs()));
        lines.put("outputs", ports(outline.outputs()));
        lines.put("operators", joined(outline.operators()));
        lines.put(
                "size",
                String.format(
                        Locale.ROOT,
                        "%,d nodes, %,d parameters, %,d bytes",
                        outline.nodes(),
                        outline.parameters(),
                        inspection.size()));
        lines.put(
                "format",
                "IR " + outline.irVersion() + ", operator set " + outline.opset()
                        + (outline.producer().isEmpty() ? "" : ", by " + outline.producer()));
        lines.put("sha-256", inspection.sha256());
        lines.values().removeIf(String::isEmpty);
        return lines;
    }

    private static void describe(ModelMetadata metadata, Map<String, String> lines) {
        lines.put("model", metadata.name() + ":" + metadata.version());
        lines.put("kind", metadata.kind());
        lines.put("window", KindWords.window(metadata.cleans(), metadata.windowLength()));
        if (metadata.cleans() instanceof Kind.Tokens) {
            VocabularyFacts vocabulary = new VocabularyFacts(metadata.vocabulary());
            lines.put("vocabulary", vocabulary.text());
            lines.put("frequent", vocabulary.mostFrequent());
        } else {
            lines.put(
                    "channels",
                    metadata.channels().stream()
                            .map(ModelInspectCommand::channel)
                            .collect(Collectors.joining(", ")));
        }
        lines.put(
                "scores",
                metadata.scoreQuantiles().length() == 0
                        ? "not calibrated"
                        : "quantiles 1 5 25 50 75 95 99 %: " + joined(numbers(metadata.scoreQuantiles())));
        lines.put("range", range(metadata));
        lines.put("metrics", joined(metadata.metrics()));
        ModelMetadata.Training training = metadata.training();
        lines.put(
                "training",
                "seed " + training.seed() + ", " + training.epochs() + " epochs, " + training.threads() + " threads, "
                        + training.code());
        lines.put("corruption", String.join(", ", training.corruption()));
        lines.put(
                "data",
                training.data().entrySet().stream()
                        .map(entry -> entry.getKey() + " "
                                + entry.getValue()
                                        .substring(
                                                0, Math.min(12, entry.getValue().length())))
                        .collect(Collectors.joining(", ")));
        lines.put("golden", metadata.golden().size() + " windows");
    }

    private static String range(ModelMetadata metadata) {
        if (metadata.range().known()) {
            return "known: gaps.fallback can tell what is out of it";
        }
        String remedy = KindWords.of(metadata.cleans()).remedy();
        return remedy.isEmpty() ? "" : "not known; " + remedy;
    }

    private static String channel(ChannelSpec channel) {
        return channel.name() + (channel.unit().isEmpty() ? "" : " in " + channel.unit()) + ", residual scale "
                + channel.residualScale();
    }

    private static String ports(List<Port> ports) {
        return ports.stream()
                .map(port -> port.name() + " " + port.type() + " " + port.shapeText())
                .collect(Collectors.joining(", "));
    }

    private static String joined(List<Float> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.3g", number))
                .collect(Collectors.joining(" "));
    }

    private static String joined(Map<String, ? extends Number> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + figure(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String figure(Number number) {
        return number.doubleValue() == Math.rint(number.doubleValue())
                ? Long.toString(number.longValue())
                : String.format(Locale.ROOT, "%.4g", number.doubleValue());
    }
}
