package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** All that the pipeline makes of a CSV file, series by series, in memory. Used once, by one thread. */
final class EvaluatedFile implements CsvDenoise.Listener {
    private final int channels;
    private final long gapMaxMs;
    private final Map<SeriesKey, Series> series = new LinkedHashMap<>();
    private final List<Float> scores = new ArrayList<>();
    private CsvPlan plan = new CsvPlan(List.of(), -1, -1, 1);
    private List<String> header = List.of();
    private long rows;

    /** The rows of one series, in their order. */
    static final class Series {
        private final int lane;
        private long[] row = new long[1_024];
        private final float[][] raw;
        private final float[][] cleaned;
        /** Where a stretch begins, ascending. */
        private final List<Integer> breaks = new ArrayList<>(List.of(0));

        private int length;
        private long lastMs;

        Series(int lane, int channels) {
            this.lane = lane;
            this.raw = new float[channels][1_024];
            this.cleaned = new float[channels][1_024];
        }

        private void add(long at, CleanedBlock block, int i, long gapMaxMs) {
            if (length == row.length) {
                row = Arrays.copyOf(row, 2 * length);
                for (int channel = 0; channel < raw.length; channel++) {
                    raw[channel] = Arrays.copyOf(raw[channel], 2 * length);
                    cleaned[channel] = Arrays.copyOf(cleaned[channel], 2 * length);
                }
            }
            long timeMs = block.timestampMs(i);
            if (length > 0 && Math.abs(timeMs - lastMs) > gapMaxMs) {
                breaks.add(length);
            }
            lastMs = timeMs;
            row[length] = at;
            for (int channel = 0; channel < raw.length; channel++) {
                raw[channel][length] = block.raw(i, channel);
                cleaned[channel][length] = block.clean(i, channel);
            }
            length++;
        }

        int lane() {
            return lane;
        }

        int length() {
            return length;
        }

        long row(int i) {
            return row[i];
        }

        List<Integer> breaks() {
            return breaks;
        }

        float raw(int channel, int i) {
            return raw[channel][i];
        }

        float cleaned(int channel, int i) {
            return cleaned[channel][i];
        }
    }

    private EvaluatedFile(Definition definition) {
        this.channels = definition.input().channels().size();
        this.gapMaxMs = definition.gaps().max().toMillis();
    }

    /**
     * Runs the pipeline over a file.
     *
     * @param slot the model; stays the caller's
     * @param values what the pipeline gets instead of what is read
     */
    static EvaluatedFile of(
            Path input, Definition definition, boolean eachColumn, ModelSlot slot, CsvDenoise.Values values)
            throws IOException {
        EvaluatedFile file = new EvaluatedFile(definition);
        try (InputStream raw = Files.newInputStream(input);
                InputStream in = input.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            CsvDenoise run =
                    new CsvDenoise(definition, eachColumn, slot, in, OutputStream.nullOutputStream()).giving(values);
            file.plan = run.plan();
            file.header = run.header();
            run.run(file);
            file.rows = run.rows();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(input + ": " + e.getMessage(), e);
        }
        return file;
    }

    @Override
    public void cleaned(SeriesKey key, int lane, long firstRow, CleanedBlock block) {
        Series to = series.computeIfAbsent(key, any -> new Series(lane, channels));
        for (int i = 0; i < block.length(); i++) {
            to.add(firstRow + i, block, i, gapMaxMs);
        }
    }

    @Override
    public void score(SeriesKey key, WindowScore score) {
        if (Float.isFinite(score.score())) {
            scores.add(score.score());
        }
    }

    Map<SeriesKey, Series> series() {
        return series;
    }

    /** The name of the column that a channel of a lane is read from. */
    String column(int lane, int channel) {
        return header.get(plan.lanes().get(lane).columns().get(channel));
    }

    /** The windows' scores. */
    Floats scores() {
        float[] all = new float[scores.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = scores.get(i);
        }
        return Floats.owning(all);
    }

    long rows() {
        return rows;
    }
}
