package dev.limpid.service;

import dev.limpid.codec.AlertLayout;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.ModelClients;
import dev.limpid.kafka.ModelDesk;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.kafka.Topics;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.model.ModelId;
import dev.limpid.model.TrainerStatus;
import dev.limpid.onnx.TinyModel;
import dev.limpid.score.Alert;
import dev.limpid.train.TrainingData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A pipeline of sines in white noise on a broker, whose model in force gives back what it gets, and trainers of it. */
public final class TrainerRig {
    static final int LENGTH = 32;
    private static final int SERIES = 10;
    private static final int BLOCK = 50;

    final Definition definition;
    private final Path file;
    private final String bootstrap;
    private final Path bundled;
    private final List<SplittableRandom> randoms = new ArrayList<>();
    private int sent;

    /** @param name of the pipeline, new on the broker */
    public TrainerRig(String bootstrap, String name, Path folder) throws IOException {
        this.bootstrap = bootstrap;
        this.bundled = folder.resolve("identity.onnx");
        Files.write(bundled, TinyModel.identity(1, LENGTH).bytes());
        this.file = Files.writeString(folder.resolve(name + ".yaml"), yaml(name, folder));
        this.definition = DefinitionLoader.load(file, Map.of());
        for (int i = 0; i < SERIES; i++) {
            randoms.add(new SplittableRandom(i));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new Topics(admin).create(definition, 2, Optional.empty());
            ModelTopics.of(definition).orElseThrow().create(admin);
        }
    }

    private String yaml(String name, Path folder) {
        return """
                pipeline: %1$s
                input: { format: json, channels: [v], sample-rate-hz: 100 }
                window: { length: %2$d, hop: 8, lookahead: 32 }
                model: { name: sine, bundled: %3$s, topic: %1$s.models }
                models: { status-topic: %1$s.status }
                train:
                  network: dense
                  widths: [32, 16, 32]
                  steps: 400
                  batch: 32
                  held-out: 0.2
                  evaluate-every: 100
                  augmentation: { gain: [1, 1], stretch: [1, 1], flip: 0, splice: 0 }
                  corruption: { noise: 0, gaussian: 1, sigma: [0.3, 0.8], mask: 0.5, mask-share: 0.3, wander: 0 }
                kafka: { bootstrap.servers: "%4$s", replication.factor: 1, state.dir: %5$s }
                """
                .formatted(name, LENGTH, bundled, bootstrap, folder.resolve("state"));
    }

    /** Sends {@code samples} more of every series: sines of an amplitude of one in noise of a deviation of a half. */
    public void flow(int samples) {
        flow(samples, 0);
    }

    /** The same, raised by {@code level}. */
    void flow(int samples, double level) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                // on a broker that a busy machine holds up, a sample twice does no harm, a producer that is stuck does
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "enable.idempotence",
                        "false",
                        "max.in.flight.requests.per.connection",
                        "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long startMs = System.currentTimeMillis() - 3_600_000;
            for (int from = sent; from < sent + samples; from += BLOCK) {
                for (int series = 0; series < SERIES; series++) {
                    producer.send(new ProducerRecord<>(
                            definition.input().topic(),
                            series % 2,
                            System.currentTimeMillis(),
                            ("s" + series).getBytes(StandardCharsets.UTF_8),
                            block(series, from, origin(startMs), level)));
                }
            }
        }
        sent += samples;
    }

    private long firstMs;

    private long origin(long startMs) {
        firstMs = firstMs == 0 ? startMs : firstMs;
        return firstMs;
    }

    /** Tells of an alert, of samples {@code [from, to)} of a series, that was cleared or was not yet. */
    public void alert(int series, int from, int to, boolean cleared) {
        AlertLayout layout = new AlertLayout(definition.input().channels());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "enable.idempotence",
                        "false",
                        "max.in.flight.requests.per.connection",
                        "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Alert.State state : cleared ? Alert.State.values() : new Alert.State[] {Alert.State.RAISED}) {
                long atMs = timeMs(state == Alert.State.RAISED ? from + 1 : to - 1);
                Alert alert =
                        new Alert(state, timeMs(from), atMs, 9, 9, 9, 0, new ModelId("sine", "1", "0".repeat(64)));
                producer.send(new ProducerRecord<>(
                        definition.output().alerts().orElseThrow(),
                        series % 2,
                        System.currentTimeMillis(),
                        ("s" + series).getBytes(StandardCharsets.UTF_8),
                        layout.encode(alert)));
            }
        }
    }

    /** When a sample was taken, once something flowed. */
    public long timeMs(int sample) {
        return firstMs + 10L * sample;
    }

    private byte[] block(int series, int from, long startMs, double level) {
        StringBuilder text = new StringBuilder("{\"ts\":" + (startMs + 10L * from) + ",\"samples\":[");
        for (int i = from; i < from + BLOCK; i++) {
            double value = level
                    + Math.sin(i * (0.15 + 0.01 * series))
                    + 0.5 * randoms.get(series).nextGaussian();
            text.append(i == from ? "" : ",").append((float) value);
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    TrainerPlan plan(int steps, Duration every, String instance) {
        return plan(steps, every, instance, RoundSpec.DEFAULT, false);
    }

    TrainerPlan plan(int steps, Duration every, String instance, RoundSpec rounds, boolean onDrift) {
        return new TrainerPlan(
                definition,
                bundled,
                subject(steps),
                TrainerPlan.Marks.NONE,
                rounds,
                every,
                onDrift,
                true,
                false,
                Optional.empty(),
                instance);
    }

    private static SignalSubject subject(int steps) {
        return new SignalSubject(
                new TrainingData(List.of(), List.of()),
                spec -> spec.with(spec.schedule().withSteps(steps)));
    }

    TrainerStatus once(int steps) {
        return new TrainerLoop(plan(steps, Duration.ofHours(6), "once")).once();
    }

    public TrainerDesk.Standing standing() {
        try (TrainerDesk desk = TrainerDesk.of(definition, "looker")) {
            return desk.standing();
        }
    }

    /** The definition's file. */
    public Path file() {
        return file;
    }

    /** The version that the pointer puts in force. */
    public Optional<String> inForce() {
        return standing().pointer().flatMap(pointer -> pointer.inForce());
    }

    /** What is announced, the newest first. */
    public List<ModelDesk.Version> versions() {
        return new ModelDesk(
                        ModelClients.of(definition), ModelTopics.of(definition).orElseThrow())
                .list().stream()
                        .filter(model -> model.name().equals("sine"))
                        .findFirst()
                        .map(ModelDesk.Model::versions)
                        .orElse(List.of());
    }
}
