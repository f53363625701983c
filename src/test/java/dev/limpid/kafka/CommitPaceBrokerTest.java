package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Granularity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the commits come that {@link CommitPace} takes over: what Kafka Streams is left with comes every 3.3 s. Each record is sent
 * when the answer to the one before is visible, and so right after a commit.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CommitPaceBrokerTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final int PAIRS = 5;
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final byte[] KEY = {'k'};

    @Test
    void cleaned_records_and_dead_letters_are_visible_after_a_commit_interval(@TempDir Path folder) throws Exception {
        // Given
        Definition definition = Definitions.named(
                "pace",
                Definitions.of(Format.JSON, Granularity.HOP, SeriesBy.KEY, "lead"),
                Map.of(
                        "bootstrap.servers",
                        CrashRig.bootstrap(),
                        "replication.factor",
                        "1",
                        "commit.interval.ms",
                        "100",
                        "state.dir",
                        folder.toString()));
        try (Admin admin = CrashRig.admin()) {
            new Topics(admin).create(definition, 1, Optional.empty());
        }
        long tookNanos;
        try (ModelSlot slot = new ModelSlot(new HalvingDenoiser(8, 1));
                PipelineRunner runner = PipelineRunner.start(definition, slot, "one");
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", CrashRig.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> cleaned =
                        reader(definition.output().cleaned());
                KafkaConsumer<byte[], byte[]> dead = reader(definition.output().deadLetters())) {
            Awaitility.await().atMost(MOST).until(runner::ready);
            long startNanos = System.nanoTime();
            for (int pair = 0; pair <= PAIRS; pair++) {
                if (pair == 1) {
                    startNanos = System.nanoTime();
                }

                // When
                long timeMs = START_MS + pair * 160L;
                send(definition, producer, timeMs, "{\"samples\":[" + "1,".repeat(15) + "1]}");
                awaitAnswer(cleaned);
                send(definition, producer, timeMs, "no JSON");
                awaitAnswer(dead);
            }
            tookNanos = System.nanoTime() - startNanos;
        }

        // Then
        assertThat(Duration.ofNanos(tookNanos)).isLessThan(Duration.ofSeconds(PAIRS * 2));
    }

    private static KafkaConsumer<byte[], byte[]> reader(String topic) {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", CrashRig.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
        reader.assign(partition);
        reader.seekToBeginning(partition);
        return reader;
    }

    private static void send(Definition definition, KafkaProducer<byte[], byte[]> producer, long timeMs, String value) {
        var unused = producer.send(new ProducerRecord<>(
                definition.input().topic(), 0, timeMs, KEY, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static void awaitAnswer(KafkaConsumer<byte[], byte[]> reader) {
        Awaitility.await()
                .atMost(MOST)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !reader.poll(Duration.ofMillis(100)).isEmpty());
    }
}
