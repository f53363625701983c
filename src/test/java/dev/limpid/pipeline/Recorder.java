package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down everything it is told, per series, values as bits: equal text is equal output. */
public final class Recorder<R> implements Emitter<R> {
    /** One sample that left. */
    record Out(
            long timestampMs,
            float[] raw,
            float[] clean,
            Quality quality,
            boolean wallClock,
            float missingBefore,
            int missingCount) {}

    /** What is said of a block as a whole, and the numbers of its samples among those of its series. */
    record Head(@Nullable ModelId model, boolean crossFades, int from, int to) {}

    final Map<SeriesKey, List<Head>> heads = new LinkedHashMap<>();
    final Map<SeriesKey, List<String>> lines = new LinkedHashMap<>();
    final Map<SeriesKey, List<Out>> samples = new LinkedHashMap<>();
    final Map<SeriesKey, List<R>> records = new LinkedHashMap<>();
    final List<WindowScore> scores = new ArrayList<>();
    final Map<SeriesKey, List<WindowScore>> scoresBySeries = new LinkedHashMap<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<FailedWindow> failed = new ArrayList<>();

    private void line(SeriesKey series, String line) {
        lines.computeIfAbsent(series, k -> new ArrayList<>()).add(line);
    }

    private void block(SeriesKey series, String what, CleanedBlock block) {
        StringBuilder text = new StringBuilder(what)
                .append(' ')
                .append(block.model())
                .append(block.crossFades() ? "+" : "")
                .append(' ')
                .append(block.score());
        int from = samples.getOrDefault(series, List.of()).size();
        heads.computeIfAbsent(series, k -> new ArrayList<>())
                .add(new Head(block.model(), block.crossFades(), from, from + block.length()));
        for (int t = 0; t < block.length(); t++) {
            float[] raw = new float[block.channels()];
            float[] clean = new float[block.channels()];
            text.append(" | ")
                    .append(block.timestampMs(t))
                    .append(' ')
                    .append(block.quality(t).label());
            if (block.missingBefore(t) != 0) {
                text.append(" -").append(block.missingBefore(t)).append('x').append(block.missingCount(t));
            }
            for (int c = 0; c < raw.length; c++) {
                raw[c] = block.raw(t, c);
                clean[c] = block.clean(t, c);
                text.append(' ').append(Integer.toHexString(Float.floatToIntBits(raw[c])));
                text.append('>').append(Integer.toHexString(Float.floatToIntBits(clean[c])));
            }
            samples.computeIfAbsent(series, k -> new ArrayList<>())
                    .add(new Out(
                            block.timestampMs(t),
                            raw,
                            clean,
                            block.quality(t),
                            block.endedByWallClock(),
                            block.missingBefore(t),
                            block.missingCount(t)));
        }
        line(series, text.toString());
    }

    @Override
    public void record(SeriesKey series, R record, CleanedBlock block) {
        records.computeIfAbsent(series, k -> new ArrayList<>()).add(record);
        block(series, "record " + record, block);
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        block(series, "hop", block);
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        scores.add(score);
        scoresBySeries.computeIfAbsent(series, k -> new ArrayList<>()).add(score);
        line(series, score.toString());
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        alerts.add(alert);
        line(series, alert.toString());
    }

    @Override
    public void failed(SeriesKey series, FailedWindow window) {
        failed.add(window);
        line(series, window.toString());
    }
}
