package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.limpid.definition.Definition;
import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.pipeline.Granularity;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class InputTopicTest {
    private static final long START_MS = 1_700_000_000_000L;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Definition definition(String name) {
        return Definitions.named(
                name,
                Definitions.of(Definition.Format.JSON, Granularity.RECORD, Definition.SeriesBy.KEY, "v"),
                Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void create(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AdminCalls.await(admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                    .all());
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String transaction) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transaction),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int partition, int i, String value) {
        producer.send(new ProducerRecord<>(
                topic,
                partition,
                START_MS + 10L * i,
                "s".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sample(int i) {
        return "{\"ts\":" + (START_MS + 10L * i) + ",\"v\":" + i + "}";
    }

    /** A commit returns before its markers are everywhere. */
    private static void awaitEnd(InputTopic topic, long end) {
        await().atMost(Duration.ofSeconds(20))
                .pollInSameThread()
                .until(() -> topic.ranges(0).get(0).to() >= end);
    }

    /** Hears values, by partition. */
    private static final class Heard implements InputTopic.Visitor {
        private final List<String> values = new ArrayList<>();
        private int refused;

        @Override
        public boolean wants(SeriesKey series) {
            return true;
        }

        @Override
        public void take(OffsetRange range, SeriesKey series, Block block) {
            values.add(range.partition() + ":" + (int) block.value(0, 0));
        }

        @Override
        public void refused() {
            refused++;
        }
    }

    @Test
    void it_hands_over_what_was_committed_and_the_pipeline_takes_and_nothing_else() {
        // Given in partition 0: committed 0 to 4, aborted 5 to 9, committed 10 and something malformed; in 1 one sample
        create("committed.raw");
        try (KafkaProducer<byte[], byte[]> producer = producer("committed")) {
            producer.initTransactions();
            for (int part = 0; part < 3; part++) {
                producer.beginTransaction();
                for (int i = 5 * part; i < (part == 2 ? 11 : 5 * part + 5); i++) {
                    send(producer, "committed.raw", 0, i, sample(i));
                }
                if (part == 1) {
                    producer.flush(); // or they would not even be sent
                    producer.abortTransaction();
                } else if (part == 2) {
                    send(producer, "committed.raw", 0, 11, "{\"ts\":");
                    send(producer, "committed.raw", 1, 0, sample(0));
                    producer.commitTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        Heard heard = new Heard();

        try (InputTopic topic = InputTopic.of(definition("committed"))) {
            awaitEnd(topic, 15);

            // When
            List<OffsetRange> ranges = topic.ranges(0);
            InputTopic.Reading reading = topic.read(ranges, START_MS, heard);

            // Then
            assertThat(heard.values).containsExactlyInAnyOrder("0:0", "0:1", "0:2", "0:3", "0:4", "0:10", "1:0");
            assertThat(reading).isEqualTo(new InputTopic.Reading(8, 1));
            assertThat(heard.refused).isEqualTo(1);
            assertThat(ranges).extracting(OffsetRange::place).containsExactly("committed.raw-0", "committed.raw-1");
            assertThat(OffsetRange.endOf(ranges.get(0).text()))
                    .isEqualTo(ranges.get(0).to());
        }
    }

    @Test
    void it_reads_the_offsets_that_it_is_told_and_finds_them_by_time() {
        // Given
        create("parts.raw");
        try (KafkaProducer<byte[], byte[]> producer = producer("parts")) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < 20; i++) {
                send(producer, "parts.raw", 0, i, sample(i));
            }
            producer.commitTransaction();
        }
        try (InputTopic topic = InputTopic.of(definition("parts"))) {
            awaitEnd(topic, 21);

            // When
            List<OffsetRange> since = topic.ranges(START_MS + 150);
            Heard part = new Heard();
            topic.read(List.of(since.get(0).to(17)), START_MS, part);

            // Then
            assertThat(since.get(0).from()).isEqualTo(15);
            assertThat(since.get(1).length()).isZero();
            assertThat(part.values).containsExactly("0:15", "0:16");

            // When read again on the same reader
            Heard again = new Heard();
            topic.read(List.of(since.get(0).from(3).to(5), since.get(1)), START_MS, again);

            // Then
            assertThat(again.values).containsExactly("0:3", "0:4");
        }
    }

    @Test
    void brokers_that_cannot_be_resolved_are_told_as_what_cannot_be_read() {
        // Given
        Definition nobody = Definitions.named(
                "nobody",
                Definitions.of(Definition.Format.JSON, Granularity.RECORD, Definition.SeriesBy.KEY, "v"),
                Map.of("bootstrap.servers", "127.0.0.1:99999"));

        // Then
        assertThatThrownBy(() -> InputTopic.of(nobody).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topic nobody.raw cannot be read: Invalid port in bootstrap.servers");
        assertThatThrownBy(() -> LiveTail.of(nobody).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("what flows cannot be read: Invalid port in bootstrap.servers");
    }

    @Test
    void a_topic_that_is_not_there_is_told_with_a_remedy() {
        try (InputTopic topic = InputTopic.of(definition("nowhere"))) {
            assertThatThrownBy(() -> topic.ranges(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nowhere.raw");
        }
    }
}
