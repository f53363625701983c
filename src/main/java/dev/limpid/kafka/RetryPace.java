package dev.limpid.kafka;

import java.time.Duration;

/**
 * When to try again what may mend by itself and nobody would tell of: a file elsewhere, a host that was too busy or too full. After
 * 30 s, and as long as it does not mend after twice as long each time, at most 8 min. Confined to the feed's thread.
 */
final class RetryPace {
    private static final long FIRST_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(8).toNanos();
    private long sinceNanos;
    private long waitNanos = FIRST_NANOS;

    RetryPace(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** Something new was announced, and everything judged by it. */
    void begin(long nowNanos) {
        sinceNanos = nowNanos;
        waitNanos = FIRST_NANOS;
    }

    /** Whether it is time; if so, the next time comes later. */
    boolean due(long nowNanos) {
        if (nowNanos - sinceNanos < waitNanos) {
            return false;
        }
        sinceNanos = nowNanos;
        waitNanos = Math.min(2 * waitNanos, LONGEST_NANOS);
        return true;
    }
}
