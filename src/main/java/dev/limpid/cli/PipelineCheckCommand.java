package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionException;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Effective;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.onnx.ModelRefused;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid pipeline check}. */
@Command(
        name = "check",
        description = "Checks definitions and prints them with all defaults, secrets masked. Asks no broker.",
        mixinStandardHelpOptions = true)
final class PipelineCheckCommand implements Callable<Integer> {
    private static final String BOOTSTRAP = "kafka." + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG + " is missing";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pipeline definitions.")
    private List<Path> files = List.of();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    /** What was found in one file. */
    private record Checked(Path file, Optional<Definition> definition, List<String> problems, List<String> warnings) {
        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("file", file.toString());
            tree.put("ok", problems.isEmpty());
            tree.put("problems", problems);
            tree.put("warnings", warnings);
            definition.ifPresent(each -> tree.put("effective", Effective.tree(each)));
            return tree;
        }
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("runs as a command only");
        }
        List<Checked> all = files.stream().map(PipelineCheckCommand::check).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(Results.json(
                    Map.of("results", all.stream().map(Checked::tree).toList())));
        } else {
            all.forEach(each -> print(each, out, spec.commandLine().getErr()));
        }
        out.flush();
        return all.stream().allMatch(each -> each.problems().isEmpty()) ? 0 : Limpid.FAILED;
    }

    private static Checked check(Path file) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Definition definition;
        try {
            definition = DefinitionLoader.load(file, System.getenv());
        } catch (DefinitionException e) {
            return new Checked(file, Optional.empty(), e.problems(), warnings);
        }
        for (String problem : PipelineRunner.propertyProblems(definition)) {
            // which cluster is often known only where the pipeline runs
            (problem.startsWith(BOOTSTRAP) ? warnings : problems).add(problem);
        }
        Path model = DefinitionLoader.modelFile(file, definition);
        if (Files.isRegularFile(model)) {
            try {
                ModelOpening.open(file, definition, null).denoiser().close();
            } catch (ModelRefused e) {
                problems.add("model.bundled: " + e.getMessage());
            }
        } else {
            warnings.add("model.bundled: there is no file " + model + " here; where it is missing, 'run' refuses");
        }
        return new Checked(file, Optional.of(definition), problems, warnings);
    }

    private static void print(Checked checked, PrintWriter out, PrintWriter err) {
        checked.definition().ifPresent(definition -> {
            out.println("# " + checked.file());
            out.print(Effective.yaml(definition));
        });
        out.flush();
        checked.warnings().forEach(warning -> err.println("limpid: " + checked.file() + ": warning: " + warning));
        if (!checked.problems().isEmpty()) {
            err.println(
                    "limpid: " + new DefinitionException(checked.file().toString(), checked.problems()).getMessage());
        }
    }
}
