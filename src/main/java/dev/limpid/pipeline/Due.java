package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import dev.limpid.signal.StuckMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for the batch, in order per series: a window to be run, or samples that pass through behind the
 * windows cut before them.
 *
 * @param window the window; null if there is none
 * @param passed samples that pass through in {@link Granularity#HOP}; null if there are none
 * @param finalBefore all slots before this one are final afterwards
 * @param frontier slot after the segment's newest sample at that moment
 * @param wallClock whether the wall clock ended the segment here
 */
record Due<R>(
        SeriesState<R> series,
        Segment segment,
        @Nullable Window window,
        @Nullable Passed passed,
        long finalBefore,
        long frontier,
        boolean wallClock) {

    /**
     * A window that was cut.
     *
     * @param start its first slot
     * @param addFrom first slot that was not final when it was cut
     * @param end slot after its last one that lies in the segment
     * @param row its row in the batch; -1 if nothing was observed, so that it is not run
     * @param observed as in {@link dev.limpid.score.WindowScore}
     * @param stuck the pixels that were kept from the model; null if none were
     * @param rerun whether it has been run before a restart, and only its share in the overlap-add is needed again
     */
    record Window(
            long start,
            long addFrom,
            long end,
            long startMs,
            long endMs,
            int row,
            float observed,
            @Nullable StuckMap stuck,
            boolean rerun) {

        /** Whether the sample in {@code slot} was kept from the model. */
        boolean masked(long slot) {
            return stuck != null && slot >= start && slot < end && stuck.stuck((int) (slot - start));
        }
    }

    /**
     * Samples that pass through.
     *
     * @param values {@code [time][channel]}
     * @param timesMs one per sample
     * @param qualities one {@link Quality#code} per sample
     */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
    record Passed(float[] values, long[] timesMs, byte[] qualities) {

        /** The samples of {@code block} that {@code passed} tells of. */
        static Passed of(Block block, SeriesState<?> series, long firstSlot, byte[] passed) {
            int channels = block.channels();
            float[] values = new float[passed.length * channels];
            long[] timesMs = new long[passed.length];
            byte[] qualities = new byte[passed.length];
            int count = 0;
            for (int i = 0; i < passed.length; i++) {
                if (passed[i] >= 0) {
                    for (int c = 0; c < channels; c++) {
                        values[count * channels + c] = block.value(i, c);
                    }
                    timesMs[count] = series.gridded() ? series.segment.timeOf(firstSlot + i) : block.timestampMs();
                    qualities[count++] = passed[i];
                }
            }
            return new Passed(
                    Arrays.copyOf(values, count * channels),
                    Arrays.copyOf(timesMs, count),
                    Arrays.copyOf(qualities, count));
        }
    }
}
