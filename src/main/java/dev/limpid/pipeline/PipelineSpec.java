package dev.limpid.pipeline;

import dev.limpid.score.AlertSpec;
import dev.limpid.score.Surprisal;
import dev.limpid.signal.Fallback;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Pipeline} is to do, checked and free of file formats.
 *
 * @param channels names of the channels, 1 to 64
 * @param sampleRateHz samples per second of the time grid; 0 if windows count samples
 * @param window how windows lie
 * @param gapMaxMs a gap or a step back longer than this ends a segment; on a time grid counted in whole slots
 * @param idleFlushMs a series without a sample for this long of stream time is completed
 * @param expireAfterMs a series without a sample for this long of stream time is forgotten
 * @param granularity what a cleaned output stands for
 * @param maxWindows windows per batch
 * @param alerts when to raise and clear
 * @param fallback the filter that stands in for the model where it is out of its range or fails; empty: the model is trusted, and what it
 *     fails on passes through
 * @param segmentEnd what ends a segment beside gaps
 * @param merging how the windows over a slot become its value
 * @param stuck when a pixel of frames is stuck and therefore masked; empty: none is, or the series carries no frames
 * @param top how many values of a window its score tells, see {@link Surprisal#of}
 */
public record PipelineSpec(
        List<String> channels,
        double sampleRateHz,
        WindowSpec window,
        long gapMaxMs,
        long idleFlushMs,
        long expireAfterMs,
        Granularity granularity,
        int maxWindows,
        AlertSpec alerts,
        Optional<Fallback> fallback,
        SegmentEnd segmentEnd,
        Merging merging,
        Optional<StuckRule> stuck,
        int top) {
    public PipelineSpec {
        channels = List.copyOf(channels);
        if (!segmentEnd.equals(SegmentEnd.GAPS) && sampleRateHz > 0) {
            throw new IllegalArgumentException("a segment that ends by " + segmentEnd
                    + " has no time grid: samples that come late would lie in no segment");
        }
        stuck.ifPresent(rule -> {
            if (rule.pixels() != window.hop() || window.length() % window.hop() != 0 || sampleRateHz > 0) {
                throw new IllegalArgumentException(
                        "stuck pixels of frames of " + rule.pixels() + " in " + window + " at " + sampleRateHz
                                + " Hz: a window is whole frames, the hop one of them, and there is no grid");
            }
        });
    }

    /** Numbers, in segments that only gaps end. */
    public PipelineSpec(
            List<String> channels,
            double sampleRateHz,
            WindowSpec window,
            long gapMaxMs,
            long idleFlushMs,
            long expireAfterMs,
            Granularity granularity,
            int maxWindows,
            AlertSpec alerts,
            Optional<Fallback> fallback) {
        this(
                channels,
                sampleRateHz,
                window,
                gapMaxMs,
                idleFlushMs,
                expireAfterMs,
                granularity,
                maxWindows,
                alerts,
                fallback,
                SegmentEnd.GAPS,
                Merging.MEAN,
                Optional.empty(),
                Surprisal.USUAL);
    }

    /** The same without a fallback. */
    public PipelineSpec(
            List<String> channels,
            double sampleRateHz,
            WindowSpec window,
            long gapMaxMs,
            long idleFlushMs,
            long expireAfterMs,
            Granularity granularity,
            int maxWindows,
            AlertSpec alerts) {
        this(
                channels,
                sampleRateHz,
                window,
                gapMaxMs,
                idleFlushMs,
                expireAfterMs,
                granularity,
                maxWindows,
                alerts,
                Optional.empty());
    }

    /** The same with other outputs and batches. */
    public PipelineSpec with(Granularity granularity, int maxWindows) {
        return with(granularity, maxWindows, fallback, segmentEnd, merging, stuck, top);
    }

    /** The same with a fallback. */
    public PipelineSpec with(Fallback fallback) {
        return with(granularity, maxWindows, Optional.of(fallback), segmentEnd, merging, stuck, top);
    }

    /** The same with another end of segments, and another way of merging. */
    public PipelineSpec with(SegmentEnd segmentEnd, Merging merging) {
        return with(granularity, maxWindows, fallback, segmentEnd, merging, stuck, top);
    }

    /** The same with stuck pixels masked; a window is one or more frames, and the hop is one. */
    public PipelineSpec with(StuckRule stuck) {
        return with(granularity, maxWindows, fallback, segmentEnd, merging, Optional.of(stuck), top);
    }

    /** The same with so many values of a window told in its score. */
    public PipelineSpec telling(int top) {
        return with(granularity, maxWindows, fallback, segmentEnd, merging, stuck, top);
    }

    private PipelineSpec with(
            Granularity granularity,
            int maxWindows,
            Optional<Fallback> fallback,
            SegmentEnd segmentEnd,
            Merging merging,
            Optional<StuckRule> stuck,
            int top) {
        return new PipelineSpec(
                channels,
                sampleRateHz,
                window,
                gapMaxMs,
                idleFlushMs,
                expireAfterMs,
                granularity,
                maxWindows,
                alerts,
                fallback,
                segmentEnd,
                merging,
                stuck,
                top);
    }
}
