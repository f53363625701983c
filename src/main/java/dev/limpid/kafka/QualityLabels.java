package dev.limpid.kafka;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of the {@code limpid-quality} header: the distinct labels of the block's samples in the order of
 * {@link Quality}, with commas, and {@code wall-clock-end} behind them if the segment ended by the wall clock.
 *
 * <p>For example {@code cleaned}, {@code cleaned,imputed} or {@code cleaned,wall-clock-end}. One per task: it keeps the few
 * combinations that occur.
 */
final class QualityLabels {
    private static final int WALL_CLOCK = Quality.values().length;
    private final byte[][] known = new byte[1 << (WALL_CLOCK + 1)][];

    byte[] of(CleanedBlock block) {
        int set = block.qualities() | (block.endedByWallClock() ? 1 << WALL_CLOCK : 0);
        byte[] text = known[set];
        if (text == null) {
            text = text(set).getBytes(StandardCharsets.US_ASCII);
            known[set] = text;
        }
        return text;
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
