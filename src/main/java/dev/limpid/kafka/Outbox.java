package dev.limpid.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What one task has to send. The pipeline emits while a record is accepted, in a processor that may not forward other
 * keys, so outputs wait here until {@link Outlet} or {@link CommitFlush} sends them, in the same call of the task. Confined to
 * the task's thread.
 */
final class Outbox {
    private static final byte[] NOTHING = {};
    private final int partition;
    private final boolean bundled;
    private final Map<String, String> topics;
    private final Map<String, List<ProducerRecord<byte[], byte[]>>> waiting = new LinkedHashMap<>();
    private int size;

    /**
     * An empty outbox.
     *
     * @param topics topic of each sink
     * @param bundled whether the producer unties a {@link Bundle}
     */
    Outbox(Map<String, String> topics, int partition, boolean bundled) {
        this.topics = topics;
        this.partition = partition;
        this.bundled = bundled;
    }

    /** Adds a record and gives its headers, which are empty, to be filled. */
    Headers add(String sink, byte @Nullable [] key, byte @Nullable [] value, long timestampMs) {
        String topic = Objects.requireNonNull(topics.get(sink), sink);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, timestampMs, key, value);
        waiting.computeIfAbsent(sink, name -> new ArrayList<>()).add(record);
        size++;
        return record.headers();
    }

    /** Records that wait. */
    int size() {
        return size;
    }

    void clear() {
        size = 0;
        waiting.clear();
    }

    /** Forwards everything, each to its sink. */
    void drain(ProcessorContext<byte[], Outgoing> context) {
        if (size == 0) {
            return;
        }
        size = 0;
        waiting.forEach((sink, records) -> {
            if (records.isEmpty()) {
                return;
            }
            if (bundled) {
                Record<byte[], Outgoing> bundle = new Record<>(
                        null,
                        new Outgoing(partition, NOTHING),
                        records.get(records.size() - 1).timestamp());
                bundle.headers().add(new Bundle<>(records));
                waiting.put(sink, new ArrayList<>());
                context.forward(bundle, sink);
            } else {
                for (ProducerRecord<byte[], byte[]> record : records) {
                    Outgoing outgoing = new Outgoing(partition, record.value());
                    context.forward(
                            new Record<>(
                                    record.key(),
                                    outgoing,
                                    record.timestamp(),
                                    new RecordHeaders(record.headers().toArray())),
                            sink);
                }
                records.clear();
            }
        });
    }
}
