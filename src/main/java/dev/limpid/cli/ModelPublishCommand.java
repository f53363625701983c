package dev.limpid.cli;

import dev.limpid.kafka.ModelPublisher;
import dev.limpid.kafka.ModelPublisher.Offer;
import dev.limpid.kafka.ModelPublisher.Published;
import dev.limpid.model.Manifest;
import dev.limpid.onnx.ModelRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model publish}. */
@Command(
        name = "publish",
        description = "Checks a model and announces it to all running instances, which take it up as they go.",
        mixinStandardHelpOptions = true)
final class ModelPublishCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ModelCluster cluster = new ModelCluster();

    @Parameters(paramLabel = "FILE", description = "ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The same as --bootstrap.")
    private @Nullable String to;

    @Option(names = "--name", description = "The model's name: what its file says.")
    private @Nullable String name;

    @Option(names = "--version", description = "The version to announce it as: what its file says.")
    private @Nullable String version;

    @Option(names = "--shadow", description = "To run beside the model in force, without effect.")
    private boolean shadow;

    @Option(
            names = "--reference",
            paramLabel = "URI",
            description =
                    "Where instances find the file (file:, http:, https:, and what their models.references names); the"
                            + " topic does not carry it.")
    private @Nullable String reference;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key to sign with: limpid model keygen.")
    private @Nullable Path key;

    @Option(names = "--dry-run", description = "Check everything and write nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws ModelRefused, IOException {
        Offer own = Offer.checked(file);
        Offer offer = new Offer(
                file,
                name == null ? own.name() : name,
                version == null ? own.version() : version,
                shadow,
                Optional.ofNullable(reference),
                own.provenance());
        Published published =
                new ModelPublisher(cluster.clients(to), cluster.topics()).publish(offer, ModelCluster.key(key), dryRun);
        Results.print(spec.commandLine().getOut(), format, result(published));
        return 0;
    }

    private Map<String, Object> result(Published published) {
        Manifest manifest = published.manifest();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", manifest.id().toString());
        result.put("sha256", manifest.sha256());
        result.put("bytes", manifest.sizeBytes());
        if (manifest.reference().isPresent()) {
            result.put("reference", manifest.reference().get());
        } else {
            result.put("chunks", manifest.chunks());
        }
        result.put("signedBy", manifest.signature().map(each -> each.keyId()).orElse("nobody"));
        result.put("written", published.written() ? "manifest and file" : "nothing, it was announced already");
        ModelPointers.put(result, published.pointer());
        result.put("dryRun", dryRun);
        return result;
    }
}
