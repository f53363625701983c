package dev.limpid.kafka;

import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.model.Compared;
import dev.limpid.model.ShadowStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all instances have published of shadows, kept up with the status topic. Confined to one thread. */
final class ShadowBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowBoard.class);
    private static final int WAIT_MS = 20;
    private static final Duration POLL = Duration.ofMillis(50);
    /** Polls of one look: what they do not bring comes with the next look. */
    private static final int MOST_POLLS = 40;

    private final Consumer<byte[], byte[]> reader;
    private final Map<String, ShadowStatus> last = new TreeMap<>();

    ShadowBoard(ModelClients clients, ModelTopics topics) {
        this(clients.reader(WAIT_MS), topics);
    }

    /** @param reader is closed with it */
    ShadowBoard(Consumer<byte[], byte[]> reader, ModelTopics topics) {
        this.reader = reader;
        reader.assign(List.of(topics.statusPartition()));
        reader.seekToBeginning(List.of(topics.statusPartition()));
    }

    /** What all instances found of the same comparison: {@code own}, and the last word of each other. */
    List<Compared> found(ShadowStatus own) {
        catchUp();
        List<Compared> all = new ArrayList<>(List.of(own.compared()));
        last.forEach((key, status) -> {
            if (!key.equals(own.key()) && status.sameComparison(own)) {
                all.add(status.compared());
            }
        });
        return all;
    }

    private void catchUp() {
        for (int i = 0; i < MOST_POLLS; i++) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                take(record);
            }
            if (reader.assignment().stream()
                    .allMatch(partition -> reader.currentLag(partition).orElse(1) == 0)) {
                return;
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!ShadowStatusLayout.isKey(key)) {
            return;
        }
        last.remove(key);
        if (record.value() != null) {
            try {
                last.put(key, ShadowStatusLayout.decode(record.value()));
            } catch (IllegalArgumentException e) {
                LOG.warn("status {} is not read: {}", key, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (KafkaException e) {
            LOG.debug("closed while its thread was interrupted", e);
        }
    }
}
