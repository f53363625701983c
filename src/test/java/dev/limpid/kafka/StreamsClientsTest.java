package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
}
