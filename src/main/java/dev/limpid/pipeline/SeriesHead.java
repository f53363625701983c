package dev.limpid.pipeline;

import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.StuckEvidence;

/**
 * The small part of a {@link SeriesState}: everything that is not samples. Slots count on over segments, so that two
 * segments never share one.
 *
 * @param segmentSlot slot of the segment's first sample
 * @param segmentMs time of the segment's first sample; the time grid starts here
 * @param open whether the segment still takes samples; false after a flush by idleness
 * @param frontier slot after the newest sample
 * @param nextWindow number, within the segment, of the next window to cut
 * @param finalBefore first slot that is not final
 * @param lastMs time of the newest sample
 * @param streamMs the partition's stream time when the last sample came
 * @param records number of records placed so far
 * @param answered number of records that have left; the journal keeps all later ones
 * @param alert the running median and MAD, and the alert if one is raised
 * @param guard whether the fallback filter stands in for the model
 * @param stuck what there is against pixels; {@link StuckEvidence#NONE} if none are masked
 */
public record SeriesHead(
        long segmentSlot,
        long segmentMs,
        boolean open,
        long frontier,
        long nextWindow,
        long finalBefore,
        long lastMs,
        long streamMs,
        long records,
        long answered,
        AlertState alert,
        GuardState guard,
        StuckEvidence stuck) {

    /** Time of the slot before the frontier on the grid, in milliseconds since the epoch; 0 if there is no grid. */
    public long gridMs(double sampleRateHz) {
        return sampleRateHz == 0 ? 0 : segmentMs + (long) Math.rint((frontier - 1 - segmentSlot) * 1000 / sampleRateHz);
    }
}
