package dev.limpid.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * When the next commit of a stream thread is due, so that commits begin {@code commit.interval.ms} apart. Kafka Streams by itself
 * counts from the end of one to the next look at its clock: with an interval of 100 ms, commits of 8 ms and records every 5 ms,
 * they began 118 ms apart, and whatever came right after one waited that long. Asked on the stream threads, all tasks of one
 * together.
 */
final class CommitPace {
    /** Leaves it to Kafka Streams. */
    static final CommitPace NONE = new CommitPace(0);

    private static final int CHECKS = 20;
    private final long intervalMs;

    @SuppressWarnings("ThreadLocalUsage") // one per Streams instance
    private final ThreadLocal<long[]> nextMs = ThreadLocal.withInitial(() -> new long[1]);

    CommitPace(long intervalMs) {
        this.intervalMs = intervalMs;
    }

    /**
     * Takes the commits over from Kafka Streams: what {@code properties} leave to it is a commit now and then, for whatever no
     * task asks to commit. Its own commits do not know of those that tasks ask for and would come on top of them.
     */
    static CommitPace takeOver(Properties properties) {
        int intervalMs = StreamsProperties.commitIntervalMs(properties);
        int seldomMs = Math.max(intervalMs, StreamsProperties.transactionTimeoutMs(properties) / 3 - 1);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Integer.toString(seldomMs));
        return new CommitPace(intervalMs);
    }

    /** Whether there is anything to ask for. */
    boolean paces() {
        return intervalMs > 0;
    }

    /** How often to ask. */
    Duration check() {
        return Duration.ofMillis(Math.max(1, intervalMs / CHECKS));
    }

    /** Whether this thread is to commit now; if so, the next commit is due an interval later. */
    boolean due(long nowMs) {
        long[] next = nextMs.get();
        if (nowMs < next[0]) {
            return false;
        }
        // a commit that comes a little late does not put off those after it
        next[0] = (nowMs - next[0] < intervalMs / 2 ? next[0] : nowMs) + intervalMs;
        return true;
    }
}
