package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamsClientsTest {
    private static final int LINGER_MS = 600_000;

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", CrashRig.bootstrap());
        config.put("linger.ms", LINGER_MS);
        config.put("delivery.timeout.ms", 2 * LINGER_MS);
        return new StreamsClients().getProducer(config);
    }

    private static Future<RecordMetadata> send(Producer<byte[], byte[]> producer) {
        return producer.send(new ProducerRecord<>("clients.out", 0, null, new byte[] {1}));
    }

    @Test
    void a_flush_in_a_transaction_leaves_sending_and_waiting_to_the_commit() throws Exception {
        try (Admin admin = CrashRig.admin();
                Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "clients"));
                Producer<byte[], byte[]> plain = producer(Map.of())) {
            // Given
            admin.createTopics(List.of(new NewTopic("clients.out", 1, (short) 1)))
                    .all()
                    .get();
            transactional.initTransactions();
            transactional.beginTransaction();

            // When
            Future<RecordMetadata> inTransaction = send(transactional);
            transactional.flush();
            boolean doneByFlush = inTransaction.isDone();
            transactional.commitTransaction();
            Future<RecordMetadata> alone = send(plain);
            plain.flush();

            // Then
            assertThat(doneByFlush).isFalse();
            assertThat(inTransaction).isDone();
            assertThat(inTransaction.get().offset()).isZero();
            assertThat(alone).isDone();
        }
    }

    @Test
    void a_record_that_the_broker_refuses_makes_the_commit_fail_and_no_offset_is_stored() throws Exception {
        try (Admin admin = CrashRig.admin();
                Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", "clients-refused"));
                Consumer<byte[], byte[]> consumer = new StreamsClients()
                        .getRestoreConsumer(
                                Map.of("bootstrap.servers", CrashRig.bootstrap(), "group.id", "clients-refused"))) {
            // Given: a topic of records up to 200 bytes
            NewTopic small = new NewTopic("clients.small", 1, (short) 1).configs(Map.of("max.message.bytes", "200"));
            admin.createTopics(List.of(small)).all().get();
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> refused =
                    producer.send(new ProducerRecord<>("clients.small", 0, null, new byte[1_000]));
            producer.flush();
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition("clients.small", 0), new OffsetAndMetadata(1)), consumer.groupMetadata());

            // When
            assertThatExceptionOfType(KafkaException.class).isThrownBy(producer::commitTransaction);
            producer.abortTransaction();

            // Then
            assertThat(refused).failsWithin(Duration.ZERO);
            assertThat(admin.listConsumerGroupOffsets("clients-refused")
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .isEmpty();
        }
    }
}
