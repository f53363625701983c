package dev.limpid.cli;

import dev.limpid.codec.StatusLayout;
import dev.limpid.kafka.ModelDesk;
import dev.limpid.kafka.ModelDesk.Model;
import dev.limpid.kafka.ModelDesk.Version;
import dev.limpid.model.Manifest;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model list}. */
@Command(
        name = "list",
        description = "Shows what is announced, and what each instance runs, since when, and why it refused something.",
        mixinStandardHelpOptions = true)
final class ModelListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ModelCluster cluster = new ModelCluster();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Models; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The same as --bootstrap.")
    private @Nullable String to;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        List<Model> models = new ModelDesk(cluster.clients(to), cluster.topics())
                .list().stream()
                        .filter(model -> names.isEmpty() || names.contains(model.name()))
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(Results.json(
                    Map.of("models", models.stream().map(ModelListCommand::tree).toList())));
        } else {
            models.forEach(model -> print(model, out));
            if (models.isEmpty()) {
                out.println("nothing is announced on " + cluster.topics().models());
            }
        }
        out.flush();
        return 0;
    }

    private static void print(Model model, PrintWriter out) {
        out.println(model.name()
                + model.pointer()
                        .map(pointer -> "  pointer " + pointer.sequence() + " of " + time(pointer.changedMs())
                                + pointer.signature()
                                        .map(each -> ", signed by " + each.keyId())
                                        .orElse(""))
                        .orElse("  no pointer: instances run what they bundle"));
        Columns versions = new Columns("version", "", "sha-256", "size", "published", "signed by", "");
        for (Version version : model.versions()) {
            Manifest manifest = version.manifest().orElse(null);
            versions.row(
                    version.version(),
                    role(model, version.version()),
                    manifest == null ? "" : manifest.sha256().substring(0, 12),
                    manifest == null ? "" : size(manifest.sizeBytes()),
                    manifest == null ? "" : time(manifest.publishedMs()),
                    manifest == null
                            ? ""
                            : manifest.signature().map(each -> each.keyId()).orElse("-"),
                    manifest == null || manifest.reference().isEmpty()
                            ? version.problem()
                            : manifest.reference().get());
        }
        versions.print(out, "  ");
        Columns instances = new Columns("pipeline", "instance", "runs", "since", "");
        for (ModelStatus status : model.instances()) {
            instances.row(
                    status.pipeline(), status.instance(), status.inForce(), time(status.sinceMs()), verdict(status));
        }
        instances.print(out, "  ");
        ShadowColumns.print(model.shadows(), out, "  ");
        TrainerColumns.print(model.trainers(), out, "  ");
    }

    private static String verdict(ModelStatus status) {
        return status.verdict() == ModelStatus.Verdict.IN_FORCE
                ? ""
                : StatusLayout.word(status.verdict()) + " " + status.model() + " at " + time(status.atMs())
                        + status.check().map(check -> ", " + check + ": ").orElse(": ") + status.reason();
    }

    private static String role(Model model, String version) {
        List<String> roles = new ArrayList<>();
        model.pointer().ifPresent(pointer -> {
            pointer.inForce().filter(version::equals).ifPresent(each -> roles.add("in force"));
            pointer.previous().filter(version::equals).ifPresent(each -> roles.add("previous"));
            pointer.shadow().filter(version::equals).ifPresent(each -> roles.add("shadow"));
        });
        return String.join(", ", roles);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> tree(Model model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", model.name());
        model.pointer().ifPresent(pointer -> tree.put("pointer", tree(pointer)));
        tree.put(
                "versions",
                model.versions().stream().map(each -> tree(model, each)).toList());
        tree.put(
                "instances",
                model.instances().stream().map(ModelListCommand::tree).toList());
        tree.put("shadows", model.shadows().stream().map(ShadowColumns::tree).toList());
        tree.put("trainers", model.trainers().stream().map(TrainerColumns::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Pointer pointer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        pointer.inForce().ifPresent(version -> tree.put("inForce", version));
        pointer.previous().ifPresent(version -> tree.put("previous", version));
        pointer.shadow().ifPresent(version -> tree.put("shadow", version));
        tree.put("sequence", pointer.sequence());
        tree.put("changed", time(pointer.changedMs()));
        pointer.signature().ifPresent(each -> tree.put("keyId", each.keyId()));
        return tree;
    }

    private static Map<String, Object> tree(Model model, Version version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", version.version());
        tree.put("role", role(model, version.version()));
        version.manifest().ifPresent(manifest -> {
            tree.put("sha256", manifest.sha256());
            tree.put("bytes", manifest.sizeBytes());
            tree.put("published", time(manifest.publishedMs()));
            manifest.reference().ifPresent(uri -> tree.put("reference", uri));
            manifest.signature().ifPresent(each -> tree.put("keyId", each.keyId()));
            tree.put("provenance", manifest.provenance());
        });
        tree.put("problem", version.problem());
        return tree;
    }

    private static Map<String, Object> tree(ModelStatus status) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", status.pipeline());
        tree.put("instance", status.instance());
        tree.put("runs", status.inForce());
        tree.put("since", time(status.sinceMs()));
        tree.put("model", status.model());
        tree.put("verdict", StatusLayout.word(status.verdict()));
        status.check().ifPresent(check -> tree.put("check", check));
        tree.put("reason", status.reason());
        tree.put("at", time(status.atMs()));
        tree.put("sequence", status.sequence());
        return tree;
    }
}
