package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ModelStatus;
import dev.limpid.signal.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A pipeline whose model comes from a topic, run by {@code limpid run} in processes of their own on the crash tests' broker. Each
 * instance has a cache and a state folder of its own, as on hosts of their own.
 */
final class SwapRig implements AutoCloseable {
    static final String NAME = "tiny";
    private static final Duration START = Duration.ofSeconds(180);

    final String app;
    final ModelClients clients;
    final ModelTopics topics;
    private final Path folder;
    private final String kind;
    private final List<LimpidChild> started = new ArrayList<>();

    /** Of a signal. */
    SwapRig(String app, Path folder, WindowSpec window) throws Exception {
        this(
                app,
                folder,
                """
                input: { topic: %%s.raw, format: f32, channels: [v], sample-rate-hz: 100 }
                window: { length: %d, hop: %d, lookahead: %d }"""
                        .formatted(window.length(), window.hop(), window.lookahead()));
    }

    /**
     * @param app name of the pipeline, and prefix of its topics; on the broker it must be new
     * @param kind what the definition says of the kind, {@code %s} for the name
     */
    SwapRig(String app, Path folder, String kind) throws Exception {
        this.app = app;
        this.folder = folder;
        this.kind = kind;
        Definition definition = definition(app, "none", "", Optional.empty());
        clients = ModelClients.of(definition);
        topics = ModelTopics.of(definition).orElseThrow();
        try (Admin admin = CrashRig.admin()) {
            new Topics(admin).create(definition, CrashFeed.PARTITIONS, Optional.empty());
            topics.create(admin);
        }
    }

    /** @param bundled the model, if it is not to come from the topic */
    private Definition definition(String pipeline, String instance, String more, Optional<Path> bundled)
            throws IOException {
        Path file = file(pipeline, instance);
        Files.writeString(
                file,
                """
                pipeline: %s
                %s
                %s
                gaps: { max: 800ms, idle-flush: 2min }
                output: { dead-letters: %s.dead }
                kafka: { bootstrap.servers: "%s", replication.factor: 1, state.dir: %s%s }
                """
                        .formatted(
                                pipeline,
                                kind.formatted(app),
                                bundled.map(path -> "model: { name: " + NAME + ", bundled: " + path + " }")
                                        .orElse("model: { name: " + NAME + ", topic: " + app
                                                + ".models, rollback: { latency-per-window: 10s } }\nmodels: "
                                                + "{ status-topic: " + app + ".status, start-wait: 2min }"),
                                pipeline,
                                CrashRig.bootstrap(),
                                folder.resolve("state-" + pipeline + "-" + instance),
                                more));
        return DefinitionLoader.load(file, Map.of());
    }

    private Path file(String pipeline, String instance) {
        return folder.resolve(pipeline + "-" + instance + ".yaml");
    }

    /** Starts an instance; its window's models come from the topic. */
    LimpidChild run(String instance, String... jvm) throws IOException {
        definition(app, instance, ", session.timeout.ms: 6000, heartbeat.interval.ms: 1000", Optional.empty());
        return start(
                instance, List.of(jvm), "run", file(app, instance).toString(), "--port", "0", "--instance", instance);
    }

    /** Runs another pipeline on the same input, with that model alone. */
    LimpidChild alone(String pipeline, Path model) throws Exception {
        Definition definition = definition(pipeline, "a", "", Optional.of(model));
        try (Admin admin = CrashRig.admin()) {
            new Topics(admin).create(definition, CrashFeed.PARTITIONS, Optional.empty());
        }
        return start("a", List.of(), "run", file(pipeline, "a").toString(), "--port", "0", "--instance", "a");
    }

    /** Starts {@code limpid model …} for this rig's topics. */
    LimpidChild command(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("model"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap", CrashRig.bootstrap(), "--topic", topics.models(), "--status-topic", topics.status()));
        return start("operator", List.of("-XX:TieredStopAtLevel=1"), all.toArray(String[]::new));
    }

    private LimpidChild start(String host, List<String> jvm, String... arguments) throws IOException {
        // who is killed leaves its temporary files
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> options = Stream.concat(
                        Stream.of("-XX:+UseSerialGC", "-Xmx512m", "-Djava.io.tmpdir=" + temporary), jvm.stream())
                .toList();
        LimpidChild child = LimpidChild.start(folder.resolve("cache-" + host), options, arguments);
        started.add(child);
        return child;
    }

    static void awaitReady(LimpidChild child) throws InterruptedException {
        child.awaitSaid("metrics and probes on", START);
    }

    Path write(String name, byte[] model) throws IOException {
        return Files.write(folder.resolve(name), model);
    }

    ModelPublisher.Published publish(Path file, String version) throws IOException {
        return new ModelPublisher(clients, topics)
                .publish(
                        new ModelPublisher.Offer(file, NAME, version, false, Optional.empty(), new TreeMap<>()),
                        Optional.empty(),
                        false);
    }

    ModelDesk desk() {
        return new ModelDesk(clients, topics);
    }

    /** The version that the pointer on the topic puts in force. */
    String announced() {
        return model().pointer().flatMap(pointer -> pointer.inForce()).orElse("none");
    }

    /** The version that each instance last said it runs, by instance. */
    Map<String, String> running() {
        return model().instances().stream()
                .collect(Collectors.toMap(
                        ModelStatus::instance,
                        status -> status.inForce().replaceAll("^.*:|@.*$", ""),
                        (a, b) -> b,
                        TreeMap::new));
    }

    ModelDesk.Model model() {
        return desk().list().stream()
                .filter(each -> each.name().equals(NAME))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            for (LimpidChild child : started) {
                child.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
