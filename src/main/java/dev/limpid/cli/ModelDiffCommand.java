package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.WantedModel;
import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model diff}. */
@Command(
        name = "diff",
        description = "Says what would change on a recording of signals if model B took the place of model A.",
        mixinStandardHelpOptions = true)
final class ModelDiffCommand implements Callable<Integer> {
    private static final double[] SHARES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final int SHOWN = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The model in force.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "The model that would take its place.")
    private Path second = Path.of("");

    @Option(names = "--input", required = true, paramLabel = "CSV", description = "A recording; may end in .gz.")
    private Path input = Path.of("");

    @Option(
            names = "--definition",
            paramLabel = "YAML",
            description = "The pipeline; else one with A's channels and window, and all else as by default.")
    private @Nullable Path definitionFile;

    @Option(names = "--each-column", description = "Every column but the timestamp is a series of its own.")
    private boolean eachColumn;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    /** How far the cleaned values of A and B are apart. */
    private record Apart(double rms, double greatest, String where) {}

    @Override
    public Integer call() throws IOException, ModelRefused {
        Definition definition = definition();
        refuseOthers(definition.kind());
        ModelFile a = ModelFile.open(first, Provider.CPU, WantedModel.of(definition));
        DenoisedFile before = DenoisedFile.of(input, definition, eachColumn, a.denoiser());
        ModelFile b = ModelFile.open(second, Provider.CPU, WantedModel.of(definition));
        DenoisedFile after = DenoisedFile.of(input, definition, eachColumn, b.denoiser());
        Apart apart = apart(before, after, definition.input().channels());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("a", a.denoiser().spec().id().toString());
        result.put("b", b.denoiser().spec().id().toString());
        result.put("rows", before.rows());
        result.put("windows", before.windows());
        boolean json = format == OutputFormat.JSON;
        result.put("cleaned", json ? apart : text(apart));
        result.put("scoresA", scores(before));
        result.put("scoresB", scores(after));
        result.put("alerts", json ? alerts(before, after) : text(alerts(before, after)));
        result.put("nanosPerWindowA", a.nanosPerWindow());
        result.put("nanosPerWindowB", b.nanosPerWindow());
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }

    private Definition definition() throws ModelRefused {
        if (definitionFile != null) {
            return DefinitionLoader.load(definitionFile, System.getenv());
        }
        ModelMetadata metadata = ModelInspection.of(first)
                .metadata()
                .orElseThrow(() ->
                        new IllegalArgumentException(first + " has no metadata; limpid model adopt gives it some"));
        refuseOthers(metadata.cleans());
        Map<String, Object> tree = Map.of(
                "pipeline",
                "diff",
                "input",
                Map.of(
                        "channels",
                        metadata.channels().stream().map(ChannelSpec::name).toList()),
                "window",
                Map.of("length", metadata.windowLength()));
        return DefinitionLoader.parse("the definition made for " + first, Results.json(tree), Map.of());
    }

    /** A recording has a column a channel; what records of other kinds become is a file that other commands write. */
    private static void refuseOthers(Kind kind) {
        if (!(kind instanceof Kind.Signal)) {
            throw new IllegalArgumentException("diff compares recordings of signals, these models clean "
                    + KindWords.of(kind).many()
                    + "; run 'limpid denoise FILE --input … --cleaned … --scores …' once with --model A and once with --model B,"
                    + " and compare what they write, or 'limpid evaluate' with each where the truth is known");
        }
    }

    private static Apart apart(DenoisedFile before, DenoisedFile after, List<String> channels) {
        double squares = 0;
        long count = 0;
        double greatest = 0;
        String where = "";
        for (int lane = 0; lane < before.lanes().size(); lane++) {
            float[] a = joined(before.cleaned(lane));
            float[] b = joined(after.cleaned(lane));
            for (int i = 0; i < a.length; i++) {
                double difference = Math.abs((double) a[i] - b[i]);
                if (Double.isNaN(difference)) {
                    continue; // missing in both
                }
                squares += difference * difference;
                count++;
                if (difference > greatest) {
                    greatest = difference;
                    where = "row " + (i / channels.size() + 1) + " of "
                            + (before.lanes().size() > 1
                                    ? before.lanes().get(lane)
                                    : channels.get(i % channels.size()));
                }
            }
        }
        return new Apart(count == 0 ? 0 : Math.sqrt(squares / count), greatest, where);
    }

    private static float[] joined(List<float[]> blocks) {
        float[] all = new float[blocks.stream().mapToInt(block -> block.length).sum()];
        int at = 0;
        for (float[] block : blocks) {
            System.arraycopy(block, 0, all, at, block.length);
            at += block.length;
        }
        return all;
    }

    private Object scores(DenoisedFile file) {
        List<Float> quantiles = new ArrayList<>();
        for (double share : SHARES) {
            quantiles.add(file.quantile(share));
        }
        if (format == OutputFormat.JSON) {
            return quantiles;
        }
        StringBuilder text = new StringBuilder("quantiles 1 5 25 50 75 95 99 %:");
        quantiles.forEach(quantile -> text.append(String.format(Locale.ROOT, " %.3g", quantile)));
        return text.toString();
    }

    private static Map<String, Object> alerts(DenoisedFile before, DenoisedFile after) {
        TreeSet<String> onlyA = new TreeSet<>(before.alerts());
        onlyA.removeAll(after.alerts());
        TreeSet<String> onlyB = new TreeSet<>(after.alerts());
        onlyB.removeAll(before.alerts());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("byA", before.alerts().size());
        tree.put("byB", after.alerts().size());
        tree.put("onlyByA", onlyA);
        tree.put("onlyByB", onlyB);
        return tree;
    }

    private static String text(Apart apart) {
        return String.format(
                Locale.ROOT,
                "differ by %.4g rms, %.4g at most%s",
                apart.rms(),
                apart.greatest(),
                apart.where().isEmpty() ? "" : " (" + apart.where() + ")");
    }

    private static String text(Map<String, Object> alerts) {
        StringBuilder text = new StringBuilder("A raises " + alerts.get("byA") + ", B raises " + alerts.get("byB"));
        for (String side : List.of("A", "B")) {
            if (alerts.get("onlyBy" + side) instanceof TreeSet<?> only && !only.isEmpty()) {
                text.append("; only ").append(side).append(": ");
                text.append(String.join(
                        ", ", only.stream().limit(SHOWN).map(String::valueOf).toList()));
                text.append(only.size() > SHOWN ? " and " + (only.size() - SHOWN) + " more" : "");
            }
        }
        return text.toString();
    }
}
