package dev.limpid.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a failed stream thread, which begins again at its last commit, but not for ever: at most {@value #MOST} times
 * within five minutes, then the pipeline ends. Thread-safe.
 */
final class Replacements implements StreamsUncaughtExceptionHandler {
    static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);
    private static final long WITHIN_NANOS = Duration.ofMinutes(5).toNanos();
    private final String pipeline;
    private final Deque<Long> times = new ArrayDeque<>();

    Replacements(String pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.peekFirst() > WITHIN_NANOS) {
            times.removeFirst();
        }
        times.addLast(now);
        if (times.size() > MOST) {
            LOG.error(
                    "pipeline {} ends: its threads failed {} times within five minutes",
                    pipeline,
                    times.size(),
                    failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error(
                "pipeline {}: a thread failed and is replaced; nothing of its open transaction is kept",
                pipeline,
                failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
