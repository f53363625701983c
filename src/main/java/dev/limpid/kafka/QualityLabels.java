package dev.limpid.kafka;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The {@code limpid-quality} header; its value is the distinct labels of the block's samples in the order of
 * {@link Quality}, with commas, and {@code wall-clock-end} behind them if the segment ended by the wall clock.
 *
 * <p>For example {@code cleaned}, {@code cleaned,imputed} or {@code cleaned,wall-clock-end}. One per task: it keeps the few
 * combinations that occur.
 */
final class QualityLabels {
    private static final int WALL_CLOCK = Quality.values().length;
    private final @Nullable Header[] known = new Header[1 << (WALL_CLOCK + 1)];

    Header of(CleanedBlock block) {
        int set = block.qualities() | (block.endedByWallClock() ? 1 << WALL_CLOCK : 0);
        Header header = known[set];
        if (header == null) {
            header = new RecordHeader(PipelineTopology.QUALITY_HEADER, text(set).getBytes(StandardCharsets.US_ASCII));
            known[set] = header;
        }
        return header;
    }

    private static String text(int set) {
        List<String> labels = new ArrayList<>();
        for (Quality quality : Quality.values()) {
            if ((set & 1 << quality.code()) != 0) {
                labels.add(quality.label());
            }
        }
        if ((set & 1 << WALL_CLOCK) != 0) {
            labels.add("wall-clock-end");
        }
        return String.join(",", labels);
    }
}
