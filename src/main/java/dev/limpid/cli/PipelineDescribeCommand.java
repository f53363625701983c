package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.model.ModelSlot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid pipeline describe}. */
@Command(
        name = "describe",
        description = "Says what a definition does: the way of the data, latency, topics, state.",
        mixinStandardHelpOptions = true)
final class PipelineDescribeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition.")
    private Path file = Path.of("");

    @Option(names = "--topology", description = "Adds the topology as Kafka Streams describes it.")
    private boolean topology;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("runs as a command only");
        }
        Definition definition = DefinitionLoader.load(file, System.getenv());
        Description description = new Description(definition, commitIntervalMs(definition));
        Optional<FallbackDescription> fallback =
                definition.gaps().fallback().map(each -> FallbackDescription.of(each, definition, file));
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            Map<String, Object> tree = description.tree();
            fallback.ifPresent(each -> tree.put("fallback", each.tree()));
            if (topology) {
                tree.put("topology", topology(definition));
            }
            out.println(Results.json(tree));
        } else {
            out.print(description.text());
            fallback.ifPresent(each -> out.print(each.lines()));
            if (topology) {
                out.print("\n" + topology(definition));
            }
        }
        out.flush();
        return 0;
    }

    private static String topology(Definition definition) {
        try (ModelSlot slot = new ModelSlot(new UnopenedModel(definition))) {
            return PipelineRunner.describe(definition, slot);
        }
    }

    private static long commitIntervalMs(Definition definition) {
        return Long.parseLong(
                PipelineRunner.printableProperties(definition, "describe").getOrDefault("commit.interval.ms", "0"));
    }
}
