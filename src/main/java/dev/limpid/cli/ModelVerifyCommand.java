package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.WantedModel;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.AdmissionCheck;
import dev.limpid.onnx.AdmissionLimits;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model verify}. */
@Command(
        name = "verify",
        description =
                "Says check by check whether a model would be admitted, and why not. Remembered verdicts do not count.",
        mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
    private static final int MAX_WINDOWS = 64;
    /** Those of the announcement are not for a file. */
    private static final EnumSet<AdmissionCheck> CHECKS = EnumSet.range(AdmissionCheck.FILE, AdmissionCheck.LATENCY);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--definition", paramLabel = "YAML", description = "The pipeline that is to run it.")
    private @Nullable Path definitionFile;

    @Option(names = "--max-latency", paramLabel = "MICROS", description = "Most microseconds per window.")
    private long maxMicros;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    /** What became of one check: {@code ok}, {@code refused} or {@code not reached}. */
    private record Line(String check, String result, List<String> details) {}

    @Override
    public Integer call() {
        Optional<Definition> definition =
                Optional.ofNullable(definitionFile).map(file -> DefinitionLoader.load(file, System.getenv()));
        Function<ModelMetadata, Expected> expected =
                metadata -> definition.map(WantedModel::of).orElseGet(() -> metadata.expected(MAX_WINDOWS));
        Admission admission = new Admission(AdmissionLimits.standard().maxNanosPerWindow(maxMicros * 1_000));
        Map<AdmissionCheck, Line> lines = new LinkedHashMap<>();
        String model = String.valueOf(file.getFileName());
        boolean admitted = false;
        try {
            ModelFile opened = admission.admit(
                    file,
                    Provider.CPU,
                    expected,
                    (check, how) -> lines.put(check, new Line(check.label(), "ok", List.of(how))));
            opened.denoiser().close();
            model = opened.denoiser().spec().id().toString();
            if (definition.isPresent()) {
                ModelOpening.refuseUnfit(definition.get(), opened.denoiser().spec());
            }
            admitted = true;
        } catch (ModelRefused e) {
            refuse(e, lines);
        }
        List<Line> all = new ArrayList<>();
        CHECKS.forEach(check -> all.add(lines.getOrDefault(check, new Line(check.label(), "not reached", List.of()))));
        print(model, admitted, all);
        return admitted ? 0 : Limpid.FAILED;
    }

    /** The checks before the one that refused were passed, whether they told or not: golden windows and batches come in one step. */
    private static void refuse(ModelRefused refusal, Map<AdmissionCheck, Line> lines) {
        for (AdmissionCheck check : CHECKS) {
            if (check.compareTo(refusal.check()) < 0) {
                lines.putIfAbsent(check, new Line(check.label(), "ok", List.of("in a process of its own")));
            }
        }
        lines.put(refusal.check(), new Line(refusal.check().label(), "refused", refusal.problems()));
    }

    private void print(String model, boolean admitted, List<Line> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("file", file.toString());
            result.put("model", model);
            result.put("admitted", admitted);
            result.put("checks", lines);
            out.println(Results.json(result));
        } else {
            out.println(model + ": " + (admitted ? "would be admitted" : "refused"));
            for (Line line : lines) {
                String details = String.join("\n" + " ".repeat(24), line.details());
                out.println("  %-9s %-12s%s"
                        .formatted(line.check(), line.result(), details)
                        .stripTrailing());
            }
        }
        out.flush();
    }
}
