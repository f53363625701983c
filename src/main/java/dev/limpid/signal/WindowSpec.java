package dev.limpid.signal;

/**
 * How windows lie on a series: window {@code k} of a segment covers the slots {@code [k·hop, k·hop + length)}.
 *
 * <p>A sample is final after at most {@code lookahead} later samples; the first {@code length} samples of a segment wait for
 * its first window. Example: length 256, hop 64, lookahead 256: slot 0 is final with slot 255, slot 64 with slot 319.
 *
 * @param length samples per window and channel
 * @param hop samples from one window's start to the next, {@code 1 ≤ hop ≤ length}
 * @param lookahead {@code hop - 1 ≤ lookahead ≤ length}: with less, some samples would be final before any window holds them
 */
public record WindowSpec(int length, int hop, int lookahead) {
    public WindowSpec {
        if (length < 1) {
            throw new IllegalArgumentException("window.length is " + length + ", needs at least 1");
        }
        if (hop < 1 || hop > length) {
            throw new IllegalArgumentException("window.hop is " + hop + ", needs 1 to window.length = " + length);
        }
        if (lookahead < hop - 1 || lookahead > length) {
            throw new IllegalArgumentException("window.lookahead is " + lookahead + ", needs window.hop - 1 = "
                    + (hop - 1) + " to window.length = " + length);
        }
    }

    /** First slot past window {@code k}. */
    public long end(long k) {
        return k * hop + length;
    }

    /**
     * First slot, relative to the segment's first, that is not yet final when window {@code k} has been added: the next
     * window still contributes to it within its lookahead.
     */
    public long finalBefore(long k) {
        long nextStart = (k + 1) * hop;
        return Math.max(nextStart, nextStart + length - lookahead - 1);
    }

    /** The most later samples that any sample waits for, once a segment's first window is full. */
    public int latencySamples() {
        return Math.min(lookahead, length - 1);
    }
}
