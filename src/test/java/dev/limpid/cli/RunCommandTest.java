package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.kafka.Topics;
import dev.limpid.onnx.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class RunCommandTest {
    private static final String SERIES = "pump-17";
    private static final long START_MS = 1_700_000_000_000L;

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() {
        // a cluster that takes no record from 1970, as its default for every topic: the input is younger, a tick's time
        // is not
        broker = EmbeddedBroker.start(Map.of("log.message.timestamp.before.max.ms", "1700000000000"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private Path definition(String name, String model) throws Exception {
        Path topology = Files.createDirectories(folder.resolve("topology"));
        return Files.writeString(
                topology.resolve(name + ".yaml"),
                """
                pipeline: %s
                kind: signal
                input: { topic: %1$s.raw, format: json, channels: [v], sample-rate-hz: 100 }
                window: { length: 8, hop: 4 }
                model: { name: tiny, bundled: %s }
                kafka: { bootstrap.servers: "%s" }
                """
                        .formatted(name, model, broker.bootstrapServers()));
    }

    private static void createTopics(Path file) {
        Definition definition = DefinitionLoader.load(file, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new Topics(admin).create(definition, 2, Optional.of((short) 1));
        }
    }

    /** Samples {@code [from, to)} of one series, value = number. */
    private static void produce(String topic, int from, int to) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                long timestampMs = START_MS + 10L * i;
                producer.send(new ProducerRecord<>(
                        topic, null, timestampMs, SERIES, "{\"ts\":" + timestampMs + ",\"v\":" + i + "}"));
            }
            producer.send(new ProducerRecord<>(topic, 0, START_MS, SERIES, "{\"ts\":"));
        }
    }

    /** The values of the series that a read_committed consumer sees. */
    private static List<String> committed(String topic) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    @Test
    void it_runs_until_sigterm_a_restart_goes_on_where_it_was_and_a_stop_that_takes_too_long_is_a_failure()
            throws Exception {
        // Given
        Files.createDirectories(folder.resolve("models"));
        Files.write(folder.resolve("models/tiny.onnx"), TinyModel.halving(1, 8).bytes());
        Path file = definition("tiny", "models/tiny.onnx");
        createTopics(file);

        // When
        try (RunProcess first = RunProcess.start(file)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> first.get("/readyz").equals("200 ready"));
            produce("tiny.raw", 0, 100);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> committed("tiny.cleaned").size() > 80);
            String page = first.get("/metrics");
            assertThat(first.get("/livez")).isEqualTo("200 live");
            assertThat(first.terminate()).isEqualTo(143);

            assertThat(page)
                    .contains("limpid_samples_total{outcome=\"accepted\",pipeline=\"tiny\"} 100.0")
                    .contains("limpid_dead_letters_total{pipeline=\"tiny\",reason=\"")
                    .contains("limpid_pipeline_running{pipeline=\"tiny\"} 1.0")
                    .contains("limpid_model_in_force{model=\"tiny\",")
                    .contains("limpid_latency_seconds_count{pipeline=\"tiny\"}")
                    .containsPattern("kafka_stream_[a-z_]+\\{")
                    .containsPattern("kafka_consumer_fetch_manager_records_lag_max\\{[^}]*pipeline=\"tiny\"")
                    .doesNotContain(SERIES);
            assertThat(String.join("\n", first.log())).contains("stopped: a restart goes on at the last commit");
        }
        try (RunProcess second = RunProcess.start(file, "--stop-within", "1ms")) {
            produce("tiny.raw", 100, 200);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> committed("tiny.cleaned").size() > 180);
            assertThat(second.terminate()).isEqualTo(1);
            assertThat(String.join("\n", second.log()))
                    .contains("pipeline tiny did not stop within 1ms: what came after the last commit is done again")
                    .doesNotContain("stopped:");
        }

        // Then
        List<String> values = committed("tiny.cleaned");
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i))
                    .startsWith("{\"ts\":" + (START_MS + 10L * i) + ",\"v\":")
                    .contains(",\"v\":" + i / 2f);
        }
    }

    @Test
    void a_start_is_refused_with_every_problem_of_every_file() throws Exception {
        // Given
        Files.write(folder.resolve("short.onnx"), TinyModel.halving(1, 4).bytes());
        Path one = definition("one", folder.resolve("short.onnx").toString());
        Path two = definition("two", "nowhere.onnx");
        Path three = Files.writeString(folder.resolve("three.yaml"), "pipelne: three\n", StandardCharsets.UTF_8);
        StringWriter errors = new StringWriter();

        // When
        int exit = Limpid.commandLine()
                .setErr(new PrintWriter(errors))
                .execute("run", one.toString(), two.toString(), three.toString(), "--port", "0");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString())
                .startsWith("limpid: nothing was started:\n")
                .contains("one.yaml: model tiny:1 refused: input 'x' is [-1,1,4], pipeline 'one' needs [-1,1,8];"
                        + " retrain with window.length=8")
                .contains("one.yaml: missing topics: one.alerts, one.cleaned, one.dead-letters, one.raw, one.scores")
                .contains("two.yaml: model nowhere.onnx refused: there is no file nowhere.onnx")
                .contains("two.yaml: missing topics: ")
                .contains("three.yaml: ")
                .contains("pipelne");
    }
}
