package dev.limpid.demo.bench;

/**
 * What one {@link Pace} gave.
 *
 * @param p50Ms median over windows, from sending the record that completes a window to a read_committed consumer's having its
 *     cleaned record; {@code p99Ms} likewise
 * @param cpuSeconds CPU time of the contender per second, over the second half
 * @param inputBytes log bytes on the broker, framing included, while paced; {@code changelogBytes} and {@code outputBytes}
 *     likewise
 * @param heapBytesPerSeries growth of the heap in use after garbage collection, over the number of series
 */
public record PacedRow(
        Pace pace,
        double p50Ms,
        double p99Ms,
        double cpuSeconds,
        long inputBytes,
        long changelogBytes,
        long outputBytes,
        double heapBytesPerSeries) {
    /** Changelog bytes over input bytes. */
    public double changelogRatio() {
        return (double) changelogBytes / inputBytes;
    }
}
