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
    private final Map<String, Sink> sinks = new LinkedHashMap<>();
    private int size;

    /** What waits for one topic. */
    static final class Sink {
        private final String name;
        private final String topic;
        private List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

        private Sink(String name, String topic) {
            this.name = name;
            this.topic = topic;
        }
    }

    /**
     * An empty outbox.
     *
     * @param topics topic of each sink
     * @param bundled whether the producer unties a {@link Bundle}
     */
    Outbox(Map<String, String> topics, int partition, boolean bundled) {
        this.partition = partition;
        this.bundled = bundled;
        topics.forEach((name, topic) -> sinks.put(name, new Sink(name, topic)));
    }

    /** The sink of that name, for who has much to {@link #add}; null if there is no topic for it. */
    @Nullable
    Sink sink(String name) {
        return sinks.get(name);
    }

    /** Adds a record and gives its headers, which are empty, to be filled. */
    Headers add(String sink, byte @Nullable [] key, byte @Nullable [] value, long timestampMs) {
        return add(Objects.requireNonNull(sinks.get(sink), sink), key, value, timestampMs);
    }

    /** The same for a {@link #sink} at hand. */
    Headers add(Sink sink, byte @Nullable [] key, byte @Nullable [] value, long timestampMs) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(sink.topic, partition, timestampMs, key, value);
        sink.records.add(record);
        size++;
        return record.headers();
    }

    /** Records that wait. */
    int size() {
        return size;
    }

    void clear() {
        size = 0;
        sinks.values().forEach(sink -> sink.records.clear());
    }

    /** Forwards everything, each to its sink. */
    void drain(ProcessorContext<byte[], Outgoing> context) {
        if (size == 0) {
            return;
        }
        size = 0;
        for (Sink sink : sinks.values()) {
            if (!sink.records.isEmpty()) {
                drain(sink, context);
            }
        }
    }

    private void drain(Sink sink, ProcessorContext<byte[], Outgoing> context) {
        List<ProducerRecord<byte[], byte[]>> records = sink.records;
        if (bundled) {
            sink.records = new ArrayList<>(records.size());
            Record<byte[], Outgoing> bundle = new Record<>(
                    null,
                    new Outgoing(partition, NOTHING),
                    records.get(records.size() - 1).timestamp());
            bundle.headers().add(new Bundle<>(records));
            context.forward(bundle, sink.name);
            return;
        }
        for (ProducerRecord<byte[], byte[]> record : records) {
            Outgoing outgoing = new Outgoing(partition, record.value());
            RecordHeaders headers = new RecordHeaders(record.headers().toArray());
            context.forward(new Record<>(record.key(), outgoing, record.timestamp(), headers), sink.name);
        }
        records.clear();
    }
}
