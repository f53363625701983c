package dev.limpid.cli;

import dev.limpid.kafka.ModelDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model withdraw}. */
@Command(
        name = "withdraw",
        description = "Ends the shadow; its version stays announced.",
        mixinStandardHelpOptions = true)
final class ModelWithdrawCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ModelCluster cluster = new ModelCluster();

    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The same as --bootstrap.")
    private @Nullable String to;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key to sign with: limpid model keygen.")
    private @Nullable Path key;

    @Option(names = "--dry-run", description = "Check everything and write nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", name);
        ModelPointers.put(
                result,
                new ModelDesk(cluster.clients(to), cluster.topics()).withdraw(name, ModelCluster.key(key), dryRun));
        result.put("dryRun", dryRun);
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }
}
