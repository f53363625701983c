package dev.limpid.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker (KRaft, broker and controller in one node) inside this process: random loopback ports, log directories of
 * its own in a temporary folder that {@link #close()} deletes, {@code transaction.version=2}, and no deletion by time, for
 * output records carry the timestamps of their input, which may be years old. Topics are not created automatically.
 *
 * <p>As a program ({@link #main}) it prints its address in one line and ends when its standard input does, so that it never
 * outlives the process that started it; see {@link ChildBroker}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int STARTS = 3;
    private final KafkaConfig config;
    private final Path folder;
    private final String bootstrapServers;
    private KafkaRaftServer server;

    private EmbeddedBroker(KafkaConfig config, Path folder, String bootstrapServers) {
        this.config = config;
        this.folder = folder;
        this.bootstrapServers = bootstrapServers;
        this.server = started(config);
    }

    private static KafkaRaftServer started(KafkaConfig config) {
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return server;
    }

    /** Starts a broker and returns when it takes requests. */
    public static EmbeddedBroker start() {
        return start(Map.of());
    }

    /**
     * Starts a broker with properties of the caller.
     *
     * @param overrides broker properties that win over those chosen here
     */
    public static EmbeddedBroker start(Map<String, String> overrides) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(overrides);
            } catch (RuntimeException e) {
                // another process may take a port between our looking and the broker's binding
                if (attempt == STARTS) {
                    throw new IllegalStateException("embedded broker does not start: " + e.getMessage(), e);
                }
            }
        }
    }

    private static EmbeddedBroker startOnce(Map<String, String> overrides) {
        Path folder = temporaryFolder();
        try {
            int[] ports = freePorts();
            format(folder);
            Properties properties = properties(folder, ports[0], ports[1]);
            properties.putAll(overrides);
            return new EmbeddedBroker(KafkaConfig.fromProps(properties, false), folder, "127.0.0.1:" + ports[0]);
        } catch (Exception e) {
            delete(folder);
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("limpid-broker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bound together, so that they differ. */
    private static int[] freePorts() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {broker.getLocalPort(), controller.getLocalPort()};
        }
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .setDirectories(List.of(folder.toString()))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setFeatureLevel("transaction.version", (short) 2)
                .run();
    }

    private static Properties properties(Path folder, int broker, int controller) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + broker);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", folder.toString());
        p.put("log.retention.ms", "-1");
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("auto.create.topics.enable", "false");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "2");
        p.put("controlled.shutdown.enable", "false");
        // one node: one replica of everything, and no waiting for others
        for (String prefix : List.of("offsets.topic.", "transaction.state.log.", "share.coordinator.state.topic.")) {
            p.put(prefix + "replication.factor", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        // a short heartbeat for a quick start, a long session for a busy machine
        p.put("broker.heartbeat.interval.ms", "250");
        p.put("broker.session.timeout.ms", "60000");
        p.put("controller.quorum.election.timeout.ms", "100");
        p.put("controller.quorum.election.backoff.max.ms", "100");
        return p;
    }

    /** The address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker, which keeps its logs and its ports for {@link #again}. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Starts the broker again after {@link #stop}. */
    public void again() {
        server = started(config);
    }

    /** Stops the broker and deletes its logs. */
    @Override
    public void close() {
        stop();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a broker until standard input ends.
     *
     * @param arguments broker properties, {@code name=value}
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> overrides = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            overrides.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        try (EmbeddedBroker broker = start(overrides)) {
            System.out.println(ChildBroker.READY + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // only the end of the stream counts
            }
        }
        System.exit(0);
    }
}
