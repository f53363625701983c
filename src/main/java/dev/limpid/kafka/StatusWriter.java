package dev.limpid.kafka;

import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.StatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ShadowStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the status topic what became of models. What cannot be told is logged and no reason to stop. */
final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    /** @param producer is closed with it */
    StatusWriter(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    void write(ModelStatus status) {
        write(status.key(), StatusLayout.encode(status));
    }

    void write(ShadowStatus status) {
        write(status.key(), ShadowStatusLayout.encode(status));
    }

    private void write(String key, byte[] value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            var unused = producer.send(new ProducerRecord<>(topic, 0, bytes, value), (metadata, e) -> {
                if (e != null) {
                    LOG.warn("{} does not take the status of {}: {}", topic, key, e.getMessage());
                }
            });
        } catch (KafkaException | IllegalStateException e) { // the latter: closed meanwhile
            LOG.warn("{} does not take the status of {}: {}", topic, key, e.getMessage());
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
