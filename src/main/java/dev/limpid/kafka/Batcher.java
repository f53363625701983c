package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Gives every input record, one by itself or those of a {@link Bundle}, to the task's pipeline, whose windows gather on the heap until a batch is full or a commit comes.
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
    private static final int MOST_WAITING = 512;
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
        long nowMs = context.currentSystemTimeMs();
        Bundle<?> bundle = Bundle.in(record.headers());
        if (bundle == null) {
            accept(record, single(record), nowMs);
        } else {
            for (Object each : bundle.records()) {
                @SuppressWarnings("unchecked") // the consumer ties its own records
                ConsumerRecord<byte[], byte[]> input = (ConsumerRecord<byte[], byte[]>) each;
                accept(record, input, nowMs);
            }
        }
        if (task.outbox().size() > 0) {
            drain(record);
        }
        if (!task.armed()) {
            FixedKeyRecord<SeriesKey, byte[]> tick =
                    record.withValue(SIGNAL).withTimestamp(0).withHeaders(new RecordHeaders());
            context.forward(tick, PipelineTopology.TICKS);
        }
    }

    private void accept(FixedKeyRecord<SeriesKey, byte[]> carrier, ConsumerRecord<byte[], byte[]> input, long nowMs) {
        task.accept(input, input.timestamp() >= 0 ? input.timestamp() : carrier.timestamp(), nowMs);
        if (task.outbox().size() >= MOST_WAITING) {
            drain(carrier);
        }
    }

    private void drain(FixedKeyRecord<SeriesKey, byte[]> carrier) {
        context.forward(carrier.withValue(SIGNAL).withHeaders(new RecordHeaders()), PipelineTopology.OUTLET);
    }

    /** A record that came by itself, as from a test driver. */
    private ConsumerRecord<byte[], byte[]> single(FixedKeyRecord<SeriesKey, byte[]> record) {
        RecordMetadata origin = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without origin at the source"));
        return new ConsumerRecord<>(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                InputKeys.bytes(record.key()),
                record.value(),
                record.headers(),
                Optional.empty());
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
