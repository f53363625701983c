package dev.limpid.kafka;

import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.StatusLayout;
import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TrainerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the status topic what became of models. What cannot be told is logged, is no reason to stop, and is told again later, unless
 * there is something newer to tell. Confined to one thread, beside the producer's own.
 */
final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final long retryNanos;
    private final LongSupplier nanoTime;
    /** The last of each key, until the topic has taken it. */
    private final Map<String, byte[]> untold = new ConcurrentHashMap<>();

    private volatile boolean failed;
    /** When something was not taken first, or all of it was told again last. */
    private volatile long triedNanos;

    /** @param producer is closed with it */
    StatusWriter(Producer<byte[], byte[]> producer, String topic) {
        this(producer, topic, Duration.ofSeconds(30), System::nanoTime);
    }

    /** @param retry least time between two attempts to tell again, as {@code nanoTime} counts it */
    StatusWriter(Producer<byte[], byte[]> producer, String topic, Duration retry, LongSupplier nanoTime) {
        this.producer = producer;
        this.topic = topic;
        this.retryNanos = retry.toNanos();
        this.nanoTime = nanoTime;
    }

    void write(ModelStatus status) {
        write(status.key(), StatusLayout.encode(status));
    }

    void write(ShadowStatus status) {
        write(status.key(), ShadowStatusLayout.encode(status));
    }

    void write(TrainerStatus status) {
        write(status.key(), TrainerStatusLayout.encode(status));
    }

    private void write(String key, byte[] value) {
        untold.put(key, value);
        send(key, value);
    }

    /** Tells again what the topic did not take, if it is time to. */
    void again() {
        long now = nanoTime.getAsLong();
        if (failed && now - triedNanos >= retryNanos) {
            failed = false;
            triedNanos = now;
            untold.forEach(this::send);
        }
    }

    private void send(String key, byte[] value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            var unused = producer.send(new ProducerRecord<>(topic, 0, bytes, value), (metadata, e) -> {
                if (e == null) {
                    untold.remove(key, value);
                } else {
                    failed(key, e);
                }
            });
        } catch (KafkaException | IllegalStateException e) { // the latter: closed meanwhile
            failed(key, e);
        }
    }

    private void failed(String key, Exception e) {
        LOG.warn("{} does not take the status of {}: {}", topic, key, e.getMessage());
        if (!failed) {
            triedNanos = nanoTime.getAsLong();
            failed = true;
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
