package dev.limpid.kafka;

/**
 * Consecutive offsets of one partition.
 *
 * @param from the first
 * @param to the one after the last
 */
public record OffsetRange(String topic, int partition, long from, long to) {
    private static final String SEPARATOR = "..";

    public OffsetRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("offsets " + from + " to " + to + ", wanted a range from 0 on");
        }
    }

    /** How many offsets it has; some may be taken by no record. */
    public long length() {
        return to - from;
    }

    /** The same partition from another offset on. */
    public OffsetRange from(long other) {
        return new OffsetRange(topic, partition, other, to);
    }

    /** The same partition up to another offset. */
    public OffsetRange to(long other) {
        return new OffsetRange(topic, partition, from, other);
    }

    /** How provenance calls the partition, as in {@code ecg.raw-0}. */
    public String place() {
        return topic + "-" + partition;
    }

    /** How provenance writes the offsets, as in {@code offsets 0..4711}. */
    public String text() {
        return "offsets " + from + SEPARATOR + to;
    }

    /** The end of what {@link #text} wrote; 0 if it is something else. */
    public static long endOf(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        try {
            return text.startsWith("offsets ") && at > 0 ? Long.parseLong(text.substring(at + SEPARATOR.length())) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
