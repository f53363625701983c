package dev.limpid.cli;

import dev.limpid.codec.SigningKey;
import dev.limpid.kafka.ModelClients;
import dev.limpid.kafka.ModelTopics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which the {@code limpid model} commands find the cluster, and what they are for. */
final class ModelCluster {
    private static final String ENVIRONMENT = "LIMPID_KAFKA_BOOTSTRAP_SERVERS";

    @Option(
            names = {"--bootstrap", "-b"},
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers; also from the properties, or " + ENVIRONMENT + ".")
    private @Nullable String bootstrap;

    @Option(names = "--properties", paramLabel = "FILE", description = "Properties of the Kafka clients: TLS, SASL.")
    private @Nullable Path properties;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "limpid.models",
            description = "Where models are announced: ${DEFAULT-VALUE}")
    private String topic = "";

    @Option(
            names = "--status-topic",
            paramLabel = "NAME",
            defaultValue = "limpid.model-status",
            description = "Where instances say what became of them: ${DEFAULT-VALUE}")
    private String status = "";

    ModelTopics topics() {
        return new ModelTopics(topic, status);
    }

    /** @param to what {@code --to} says, where a command has it as another name of {@code --bootstrap} */
    ModelClients clients(@Nullable String to) throws IOException {
        Properties read = new Properties();
        if (properties != null) {
            try (Reader reader = Files.newBufferedReader(properties)) {
                read.load(reader);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
        String servers = Optional.ofNullable(to)
                .or(() -> Optional.ofNullable(bootstrap))
                .or(() -> Optional.ofNullable(read.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)))
                .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)))
                .orElseThrow(() -> new IllegalArgumentException("which cluster? say --bootstrap HOST:PORT"));
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return new ModelClients(all);
    }

    static Optional<SigningKey> key(@Nullable Path file) throws IOException {
        return file == null ? Optional.empty() : Optional.of(SigningKey.read(file));
    }
}
