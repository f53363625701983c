package dev.limpid.pipeline;

import dev.limpid.score.AlertSpec;
import dev.limpid.signal.WindowSpec;
import java.util.List;

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
        AlertSpec alerts) {
    public PipelineSpec {
        channels = List.copyOf(channels);
    }
}
