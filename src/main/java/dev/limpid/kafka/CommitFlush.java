package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs the pending batch, sends its outputs and writes the changed state when the tick table is flushed: just before
 * every commit, inside the transaction of the offsets, so that none of it can be lost or doubled. After the task was closed
 * (a commit that failed in a rebalance flushes once more) it does nothing. An exception here stops the thread; nothing of
 * the transaction is kept, and the replaced thread begins at the last commit.
 */
final class CommitFlush implements Processor<SeriesKey, byte[], byte[], Outgoing> {
    private final boolean aligned;
    private ProcessorContext<byte[], Outgoing> context;
    private TaskStore tasks;

    /** {@code aligned} false: do nothing, to show what the flush is for. */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    CommitFlush(boolean aligned) {
        this.aligned = aligned;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        tasks = context.getStateStore(PipelineTopology.TASK_STORE);
    }

    @Override
    public void process(Record<SeriesKey, byte[]> tick) {
        Task task = tasks.task();
        if (task != null && aligned) {
            task.flush(context.currentSystemTimeMs());
            task.outbox().drain(context);
        }
    }
}
