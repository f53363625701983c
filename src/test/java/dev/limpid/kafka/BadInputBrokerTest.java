package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bad input of {@link BadInputTest} and {@link TokenTopologyTest} through a broker that takes all of it, where a record the outputs refuse would stop the
 * task for ever: every record, bad or good, is answered once, and the pipeline commits the end of its input.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BadInputBrokerTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final int MAX_BYTES = 16 << 20;
    /** Header that names a record. */
    private static final String NAME = "case";
    /** How the names of the good ones begin. */
    private static final String AFTER = "after ";

    /** Offset in the input of each kind → what was sent there. */
    private final Map<BadInputs, Map<Long, String>> sent = new LinkedHashMap<>();

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments("signal", BadInputs.all()),
                arguments("frame", BadFrames.all()),
                arguments("tokens", BadTokens.all()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void on_a_broker_every_bad_record_is_a_dead_letter_or_answered_and_so_is_every_good_one(
            String kind, List<BadInputs> layouts, @TempDir Path folder) throws Exception {
        // Given
        Map<BadInputs, Definition> definitions = new LinkedHashMap<>();
        for (BadInputs inputs : layouts) {
            Definition definition = definition(inputs, folder);
            topics(definition);
            sent.put(inputs, new TreeMap<>());
            send(inputs, definition.input().topic());
            definitions.put(inputs, definition);
        }

        // When
        List<AutoCloseable> running = new ArrayList<>();
        try {
            definitions.forEach((inputs, definition) -> {
                ModelSlot slot = new ModelSlot(inputs.model());
                running.add(0, slot);
                running.add(0, PipelineRunner.start(definition, slot, "one"));
            });
            definitions.forEach((inputs, definition) -> Awaitility.await(inputs.title())
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> answers(definition).size()
                                    + deadLetters(inputs, definition).size()
                            >= sent.get(inputs).size()));
        } finally {
            for (AutoCloseable each : running) {
                each.close();
            }
        }

        // Then
        definitions.forEach((inputs, definition) -> {
            List<String> dead = deadLetters(inputs, definition);
            List<String> all = new ArrayList<>(answers(definition));
            all.addAll(dead);
            assertThat(all).containsExactlyInAnyOrderElementsOf(sent.get(inputs).values());
            assertThat(dead).isNotEmpty().noneMatch(each -> each.startsWith(AFTER));
        });
    }

    private static Definition definition(BadInputs inputs, Path folder) {
        String name = "bad-" + inputs.title().replaceAll("[^a-z0-9]+", "-");
        return Definitions.named(
                name,
                inputs.definition(),
                Map.of(
                        "bootstrap.servers", CrashRig.bootstrap(),
                        "replication.factor", "1",
                        "state.dir", folder.resolve(name).toString()));
    }

    private static void topics(Definition definition) throws Exception {
        try (Admin admin = CrashRig.admin()) {
            NewTopic input = new NewTopic(definition.input().topic(), 1, (short) 1)
                    .configs(Map.of(
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_BYTES),
                            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)));
            admin.createTopics(List.of(input)).all().get(30, TimeUnit.SECONDS);
            new Topics(admin).create(definition, 1, Optional.empty());
        }
    }

    /** Every bad record, and behind each a good one of the same key; a header names it. */
    private void send(BadInputs inputs, String topic) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                CrashRig.bootstrap(),
                "max.request.size",
                MAX_BYTES,
                "buffer.memory",
                4L * MAX_BYTES);
        long timeMs = START_MS;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Map.Entry<String, BadInputs.Bad> each : inputs.cases().entrySet()) {
                BadInputs.Bad bad = each.getValue();
                byte[] key = bad.key() == null ? null : bytes(bad.key());
                timeMs += 20;
                List<ProducerRecord<byte[], byte[]>> records = List.of(
                        new ProducerRecord<>(topic, 0, timeMs - 10 + bad.afterMs(), key, bad.value(), bad.headers()),
                        new ProducerRecord<>(topic, 0, timeMs, bytes("k"), inputs.good()));
                for (ProducerRecord<byte[], byte[]> record : records) {
                    String name = (record == records.get(0) ? "" : AFTER) + each.getKey();
                    record.headers().add(NAME, bytes(name));
                    long offset =
                            producer.send(record).get(30, TimeUnit.SECONDS).offset();
                    sent.get(inputs).put(offset, name);
                }
            }
        }
    }

    /** What the cleaned records answer. */
    private static List<String> answers(Definition definition) {
        return Committed.read(CrashRig.bootstrap(), definition.output().cleaned()).stream()
                .map(each -> TestTopology.header(each.headers(), NAME))
                .toList();
    }

    /** What became dead letters, by their offset, for great headers are left out; windows that made the model fail are not records. */
    private List<String> deadLetters(BadInputs inputs, Definition definition) {
        return Committed.read(CrashRig.bootstrap(), definition.output().deadLetters()).stream()
                .filter(each -> !TestTopology.header(each.headers(), "__streams.errors.message")
                        .startsWith("failed:"))
                .map(each -> TestTopology.header(each.headers(), "__streams.errors.offset"))
                .map(offset -> sent.get(inputs).getOrDefault(Long.parseLong(offset), "offset " + offset))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
