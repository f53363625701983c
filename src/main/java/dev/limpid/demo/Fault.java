package dev.limpid.demo;

/**
 * An injected fault.
 *
 * @param sensor index of the sensor
 * @param startMs first millisecond, simulated time since the run's beginning
 * @param endMs first millisecond after it
 * @param seed for its details
 */
record Fault(FaultKind kind, int sensor, long startMs, long endMs, long seed) {
    boolean holds(long ms) {
        return ms >= startMs && ms < endMs;
    }

    /** Whether {@code [fromMs, toMs]} comes within {@code slackMs} of the fault. */
    boolean near(long fromMs, long toMs, long slackMs) {
        return fromMs <= endMs + slackMs && toMs >= startMs - slackMs;
    }
}
