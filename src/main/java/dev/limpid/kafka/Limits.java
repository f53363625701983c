package dev.limpid.kafka;

import org.jspecify.annotations.Nullable;

/**
 * What the output topics take. A record they would refuse must not be sent at all: the producer's error would stop the task,
 * and stop it again after every restart.
 *
 * @param timestampBeforeMs how far a timestamp may lie behind the broker's clock ({@code message.timestamp.before.max.ms})
 * @param timestampAfterMs how far a timestamp may lie ahead of the broker's clock ({@code message.timestamp.after.max.ms})
 * @param recordBytes the largest record, headers and key included ({@code max.message.bytes} and {@code max.request.size})
 */
public record Limits(long timestampBeforeMs, long timestampAfterMs, int recordBytes) {
    /** What a broker takes unless it is told otherwise: any age, one hour ahead, 1 MiB. */
    public static final Limits DEFAULT = new Limits(Long.MAX_VALUE, 3_600_000, 1_048_576);

    /** Key and headers of an input record: with the largest value that is decoded, 192 KiB, its journal entry stays under 256 KiB. */
    static final int MAX_OVERHEAD_BYTES = 32 * 1024;

    /** How far our clock and the broker's may be apart; half of a limit that is narrower. */
    private static final long CLOCK_MARGIN_MS = 60_000;

    /** What batch and record headers, and our own record headers, may need. */
    private static final int FRAMING_BYTES = 1024;

    /**
     * The reason why a time is refused, or null.
     *
     * @param what whose time it is
     */
    @Nullable
    String timestampProblem(String what, long timestampMs, long nowMs) {
        long newestMs = newestMs(nowMs);
        long oldestMs = oldestMs(nowMs);
        return timestampMs < oldestMs || timestampMs > newestMs
                ? "range: the " + what + " is " + timestampMs + ", wanted " + oldestMs + " to " + newestMs
                : null;
    }

    /** {@code timestampMs}, or one that the broker takes: now instead of one too far ahead, the oldest instead of an older one. */
    long clamp(long timestampMs, long nowMs) {
        return timestampMs > newestMs(nowMs) ? nowMs : Math.max(oldestMs(nowMs), timestampMs);
    }

    private long newestMs(long nowMs) {
        return nowMs + timestampAfterMs - margin(timestampAfterMs);
    }

    private long oldestMs(long nowMs) {
        return Math.max(0, nowMs - timestampBeforeMs + margin(timestampBeforeMs));
    }

    private static long margin(long limitMs) {
        return Math.min(CLOCK_MARGIN_MS, limitMs / 2);
    }

    /** Whether a record of that many bytes of key, headers and value is taken. */
    boolean fits(long bytes) {
        return bytes + FRAMING_BYTES <= recordBytes;
    }
}
