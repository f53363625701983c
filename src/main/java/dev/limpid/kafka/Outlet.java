package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what waits in the outbox when {@link Batcher} signals it, and completes the open segments of a partition that has
 * been silent and caught up for longer than {@code gaps.idle-flush} of wall-clock time, one batch of them per punctuation. That
 * end is the only one that depends on when it happens, so it is marked; it is flushed and committed at once, for no tick may be
 * pending. Where there is a {@link CommitPace}, it asks for the commits.
 */
final class Outlet implements Processor<SeriesKey, byte[], byte[], Outgoing> {
    private static final long MIN_CHECK_MS = 20;
    private static final long MAX_CHECK_MS = 100;
    private static final Duration UNALIGNED_CHECK = Duration.ofSeconds(1);
    private final Wiring wiring;
    private final boolean aligned;
    private final Activity activity;
    private ProcessorContext<byte[], Outgoing> context;
    private TaskStore tasks;
    private TopicPartition input;
    private long unalignedOffset = -1;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Outlet(Wiring wiring, boolean aligned) {
        this.wiring = wiring;
        this.aligned = aligned;
        this.activity = new Activity();
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        tasks = context.getStateStore(PipelineTopology.TASK_STORE);
        input = new TopicPartition(
                wiring.definition().input().topic(), context.taskId().partition());
        activity.begin(context.currentSystemTimeMs());
        long idleMs = wiring.definition().gaps().idleFlush().toMillis();
        Duration check = Duration.ofMillis(Math.max(MIN_CHECK_MS, Math.min(MAX_CHECK_MS, idleMs / 4)));
        context.schedule(check, PunctuationType.WALL_CLOCK_TIME, nowMs -> endIfSilent(nowMs, idleMs));
        if (wiring.pace().paces()) {
            context.schedule(wiring.pace().check(), PunctuationType.WALL_CLOCK_TIME, this::commitIfDue);
        }
        if (!aligned) {
            context.schedule(UNALIGNED_CHECK, PunctuationType.WALL_CLOCK_TIME, this::flushUnaligned);
        }
    }

    @Override
    public void process(Record<SeriesKey, byte[]> signal) {
        Task task = tasks.task();
        if (task != null) {
            task.outbox().drain(context);
        }
    }

    private void commitIfDue(long nowMs) {
        Task task = tasks.task();
        if (task != null && task.tickPending() && wiring.pace().due(nowMs)) {
            context.commit();
        }
    }

    /**
     * What one would write without the commit flush: batches run when they are full, and what is left when nothing more has come.
     * Records of commits before that are lost in a crash.
     */
    private void flushUnaligned(long nowMs) {
        Task task = tasks.task();
        if (task == null) {
            return;
        }
        if (task.newestOffset() == unalignedOffset) {
            task.flush(nowMs);
            task.outbox().drain(context);
            context.commit();
        }
        unalignedOffset = task.newestOffset();
    }

    private void endIfSilent(long nowMs, long idleMs) {
        Task task = tasks.task();
        if (task != null
                && activity.silent(task.newestOffset(), nowMs, idleMs)
                && wiring.caughtUp().caughtUp(input)) {
            boolean left = task.endSilent(nowMs);
            task.outbox().drain(context);
            context.commit();
            if (!left) {
                activity.ended();
            }
        }
    }

    /** Since when no record came. */
    private static final class Activity {
        private long seenOffset = -1;
        private long sinceMs;
        private boolean ended;

        void begin(long nowMs) {
            seenOffset = -1;
            sinceMs = nowMs;
            ended = false;
        }

        boolean silent(long newestOffset, long nowMs, long idleMs) {
            if (newestOffset != seenOffset) {
                seenOffset = newestOffset;
                sinceMs = nowMs;
                ended = false;
            }
            return !ended && nowMs - sinceMs > idleMs;
        }

        void ended() {
            ended = true;
        }
    }
}
