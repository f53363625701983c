package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Gives every input record to the task's pipeline, whose windows gather on the heap until a batch is full or a commit comes.
 *
 * <p>Once per commit it sends a tick into a cached table, which Kafka Streams flushes just before it commits: that is how
 * {@link CommitFlush} comes to run inside the transaction of the offsets. The tick is sent after the record was taken, so
 * that a tick which the cache evicts at once flushes this record too.
 *
 * <p>Outputs have other keys than the record, which this kind of processor may not forward; so when a full batch ran, the
 * outbox is drained by {@link Outlet}. It is this kind because after any other a table would insert a repartition topic.
 */
final class Batcher implements FixedKeyProcessor<SeriesKey, byte[], byte[]> {
    private static final byte[] SIGNAL = {1};
    private final Wiring wiring;
    private final String seriesStore;
    private FixedKeyProcessorContext<SeriesKey, byte[]> context;
    private TaskStore tasks;
    private Task task;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Batcher(Wiring wiring, String seriesStore) {
        this.wiring = wiring;
        this.seriesStore = seriesStore;
    }

    @Override
    public void init(FixedKeyProcessorContext<SeriesKey, byte[]> context) {
        this.context = context;
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(seriesStore);
        tasks = context.getStateStore(PipelineTopology.TASK_STORE);
        task = new Task(wiring, context.taskId().partition(), store);
        tasks.task(task);
    }

    @Override
    public void process(FixedKeyRecord<SeriesKey, byte[]> record) {
        RecordMetadata origin = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without origin at the source"));
        task.accept(
                record.key(),
                record.value(),
                record.timestamp(),
                record.headers(),
                origin,
                context.currentSystemTimeMs());
        if (!task.outbox().isEmpty()) {
            context.forward(record.withValue(SIGNAL), PipelineTopology.OUTLET);
        }
        if (!task.armed()) {
            FixedKeyRecord<SeriesKey, byte[]> tick =
                    record.withValue(SIGNAL).withTimestamp(0).withHeaders(new RecordHeaders());
            context.forward(tick, PipelineTopology.TICKS);
        }
    }

    @Override
    public void close() {
        Task closed = tasks.task();
        if (closed != null) {
            closed.close();
        }
        tasks.task(null);
    }
}
