package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid topics create}. */
@Command(
        name = "create",
        description = "Creates the topics of a pipeline that are missing; outputs get as many partitions as the input.",
        mixinStandardHelpOptions = true)
final class TopicsCreateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition.")
    private Path file = Path.of("");

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Of the input topic, if it is missing: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(names = "--replication-factor", description = "The broker's default if not given.")
    private @Nullable Short replication;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("runs as a command only");
        }
        Definition definition = DefinitionLoader.load(file, System.getenv());
        try (Admin admin = PipelineRunner.admin(definition)) {
            List<String> created =
                    new ArrayList<>(new Topics(admin).create(definition, partitions, Optional.ofNullable(replication)));
            ModelTopics.of(definition).ifPresent(topics -> created.addAll(topics.create(admin)));
            Results.print(spec.commandLine().getOut(), format, Map.of("created", created));
        }
        return 0;
    }
}
