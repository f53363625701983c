package dev.limpid.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What one task has to send. The pipeline emits while a record is accepted, in a processor that may not forward other
 * keys, so outputs wait here until {@link Outlet} or {@link CommitFlush} sends them, in the same call of the task. Confined to
 * the task's thread.
 */
final class Outbox {
    private final int partition;
    private final List<Record<byte @Nullable [], Outgoing>> waiting = new ArrayList<>();

    Outbox(int partition) {
        this.partition = partition;
    }

    /** Adds a record and gives its headers, which are empty, to be filled. */
    Headers add(String sink, byte @Nullable [] key, byte @Nullable [] value, long timestampMs) {
        Record<byte @Nullable [], Outgoing> record =
                new Record<>(key, new Outgoing(sink, partition, value), timestampMs);
        waiting.add(record);
        return record.headers();
    }

    void add(String sink, byte @Nullable [] key, byte @Nullable [] value, long timestampMs, Headers headers) {
        waiting.add(new Record<>(key, new Outgoing(sink, partition, value), timestampMs, headers));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forwards everything, each to its sink. */
    void drain(ProcessorContext<byte[], Outgoing> context) {
        for (Record<byte @Nullable [], Outgoing> record : waiting) {
            context.forward(record, record.value().sink());
        }
        waiting.clear();
    }
}
