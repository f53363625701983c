package dev.limpid.kafka;

import org.jspecify.annotations.Nullable;

/**
 * What the output topics take. A record they would refuse must not be sent at all: the producer's error would stop the task,
 * and stop it again after every restart.
 *
 * @param timestampAfterMs how far a timestamp may lie ahead of the broker's clock ({@code message.timestamp.after.max.ms})
 * @param recordBytes the largest record, headers and key included ({@code max.message.bytes} and {@code max.request.size})
 */
public record Limits(long timestampAfterMs, int recordBytes) {
    /** What a broker takes unless it is told otherwise: one hour, 1 MiB. */
    public static final Limits DEFAULT = new Limits(3_600_000, 1_048_576);

    /** Key and headers of an input record: with the largest value that is decoded, 192 KiB, its journal entry stays under 256 KiB. */
    static final int MAX_OVERHEAD_BYTES = 32 * 1024;

    /** How far our clock may be ahead of the broker's. */
    private static final long CLOCK_MARGIN_MS = 60_000;

    /** What batch and record headers, and our own record headers, may need. */
    private static final int FRAMING_BYTES = 1024;

    /** The reason why a time is refused, or null. */
    @Nullable
    String timestampProblem(long timestampMs, long nowMs) {
        return timestampMs < 0 || timestampMs - timestampAfterMs + CLOCK_MARGIN_MS > nowMs
                ? "range: the timestamp is " + timestampMs + ", wanted 0 to " + timestampAfterMs + " ms after now, "
                        + nowMs
                : null;
    }

    /** {@code timestampMs}, or now if it lies so far ahead that a broker whose clock is a little behind ours would refuse it. */
    long clamp(long timestampMs, long nowMs) {
        return timestampMs - timestampAfterMs + CLOCK_MARGIN_MS > nowMs ? nowMs : Math.max(0, timestampMs);
    }

    /** Whether a record of that many bytes of key, headers and value is taken. */
    boolean fits(long bytes) {
        return bytes + FRAMING_BYTES <= recordBytes;
    }
}
