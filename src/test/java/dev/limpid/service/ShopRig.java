package dev.limpid.service;

import dev.limpid.codec.AlertLayout;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.tokens.ShopSimulator;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.kafka.Topics;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.score.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A pipeline of visits to a shop on a broker: twenty visitors, each of whom comes again and again, and leaves by a click. */
public final class ShopRig {
    private static final int VISITORS = 20;
    private static final long VISIT_MS = 10_000;

    final Definition definition;
    private final Path file;
    private final String bootstrap;
    private final List<List<String>> visits = new ArrayList<>();
    private final long startMs = System.currentTimeMillis() - 5 * 3_600_000;
    private long next;

    /** @param name of the pipeline, new on the broker */
    public ShopRig(String bootstrap, String name, Path folder) throws IOException {
        this.bootstrap = bootstrap;
        this.file = Files.writeString(folder.resolve(name + ".yaml"), yaml(name, folder));
        this.definition = DefinitionLoader.load(file, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new Topics(admin).create(definition, 2, Optional.empty());
            ModelTopics.of(definition).orElseThrow().create(admin);
        }
    }

    private String yaml(String name, Path folder) {
        return """
                pipeline: %1$s
                kind: tokens
                input: { format: text }
                tokens: { session: { by: marker leave } }
                window: { length: 32, hop: 16 }
                model: { name: shop, bundled: shop.onnx, topic: %1$s.models }
                models: { status-topic: %1$s.status }
                gaps: { max: 30m, idle-flush: 30m }
                train: { width: 8, blocks: 2, steps: 30, batch: 16, evaluate-every: 15, learning-rate: 0.01, score: { folds: 2, false-alarms: 0.05 } }
                kafka: { bootstrap.servers: "%2$s", replication.factor: 1, state.dir: %3$s }
                """
                .formatted(name, bootstrap, folder.resolve("state"));
    }

    /** Sends {@code count} more visits without a fault, each in two records. */
    public void flow(int count) {
        ShopSimulator shop = new ShopSimulator(7);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < count; i++) {
                ShopSimulator.Visit visit = shop.visit(next++);
                while (visit.fault().isPresent()) {
                    visit = shop.visit(next++);
                }
                List<String> clicks = visit.truth();
                int half = clicks.size() / 2;
                send(producer, visits.size(), clicks.subList(0, half));
                send(producer, visits.size(), clicks.subList(half, clicks.size()));
                visits.add(clicks);
            }
        }
    }

    /** Sends clicks of the visitor of visit {@code number}, at the time of that visit. */
    public void send(int number, String... clicks) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, number, List.of(clicks));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number, List<String> clicks) {
        int visitor = number % VISITORS;
        producer.send(
                new ProducerRecord<>(
                        definition.input().topic(),
                        visitor % 2,
                        timeMs(number),
                        key(visitor),
                        String.join(" ", clicks).getBytes(StandardCharsets.UTF_8)),
                (sent, problem) -> {
                    if (problem != null) {
                        throw new IllegalStateException(problem);
                    }
                });
    }

    /** Tells of an alert that the visitor of visit {@code number} raised in it, and that was not cleared. */
    public void alert(int number) {
        Alert alert = new Alert(
                Alert.State.RAISED,
                timeMs(number),
                timeMs(number),
                9,
                1,
                1,
                0,
                new ModelId("shop", "1", "0".repeat(64)));
        int visitor = number % VISITORS;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(
                    definition.output().alerts().orElseThrow(),
                    visitor % 2,
                    timeMs(number),
                    key(visitor),
                    new AlertLayout(definition.input().channels()).encode(alert)));
        }
    }

    private static byte[] key(int visitor) {
        return ("visitor-" + visitor).getBytes(StandardCharsets.UTF_8);
    }

    private long timeMs(int number) {
        return startMs + VISIT_MS * number;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                // see TrainerRig
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "enable.idempotence",
                        "false",
                        "max.in.flight.requests.per.connection",
                        "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Of the model that the pointer puts in force. */
    public Vocabulary vocabularyInForce() throws ModelRefused {
        try (TrainerDesk desk = TrainerDesk.of(definition, "looker")) {
            Denoiser model = desk.open(desk.standing()).orElseThrow().model().denoiser();
            try (model) {
                return model.spec().vocabulary();
            }
        }
    }

    /** What has flowed, in the order of time. */
    public List<List<String>> visits() {
        return List.copyOf(visits);
    }

    /** The definition's file. */
    public Path file() {
        return file;
    }
}
