package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid topics check}. */
@Command(
        name = "check",
        description = "Checks that a pipeline's topics are there and fit: partitions, cleanup policy, size limits.",
        mixinStandardHelpOptions = true)
final class TopicsCheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition.")
    private Path file = Path.of("");

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("runs as a command only");
        }
        Definition definition = DefinitionLoader.load(file, System.getenv());
        Topics.Report report;
        try (Admin admin = PipelineRunner.admin(definition)) {
            report = new Topics(admin).check(definition, PipelineRunner.applicationId(definition));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("partitions", report.partitions());
        result.put("largestRecordBytes", report.limits().recordBytes());
        result.put("problems", report.problems());
        Results.print(spec.commandLine().getOut(), format, result);
        return report.problems().isEmpty() ? 0 : Limpid.FAILED;
    }
}
