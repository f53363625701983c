package dev.limpid.cli;

import dev.limpid.kafka.ModelClients;
import dev.limpid.kafka.ModelDesk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model gc}. */
@Command(
        name = "gc",
        description = "Removes versions beyond the newest " + ModelDesk.KEPT
                + " of each model, but none that is in force," + " previous or shadow. Nothing else ever removes one.",
        mixinStandardHelpOptions = true)
final class ModelGcCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ModelCluster cluster = new ModelCluster();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Models; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The same as --bootstrap.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Say what would be removed and remove nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        ModelClients clients = cluster.clients(to);
        ModelDesk desk = new ModelDesk(clients, cluster.topics());
        List<String> all = names.isEmpty()
                ? desk.list().stream().map(ModelDesk.Model::name).toList()
                : names;
        Map<String, Object> removed = new LinkedHashMap<>();
        for (String name : all) {
            removed.put(name, desk.gc(name, dryRun));
        }
        if (format == OutputFormat.JSON) {
            Results.print(spec.commandLine().getOut(), format, Map.of("removed", removed, "dryRun", dryRun));
        } else {
            removed.replaceAll((name, versions) -> List.of().equals(versions)
                    ? "nothing to remove"
                    : (dryRun ? "would remove " : "removed ") + versions);
            Results.print(spec.commandLine().getOut(), format, removed);
        }
        return 0;
    }
}
