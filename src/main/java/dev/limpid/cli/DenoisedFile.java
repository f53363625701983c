package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** What one model makes of a CSV file: cleaned values, scores and alerts, all in memory. Used once, by one thread. */
final class DenoisedFile implements CsvDenoise.Listener {
    private final int channels;
    private final List<List<float[]>> cleaned = new ArrayList<>();
    private float[] scores = new float[1_024];
    private int windows;
    private long rows;
    private List<String> lanes = List.of();
    private final TreeSet<String> alerts = new TreeSet<>();

    private DenoisedFile(int channels) {
        this.channels = channels;
    }

    /** @param denoiser closed at the end */
    static DenoisedFile of(Path input, Definition definition, boolean eachColumn, Denoiser denoiser)
            throws IOException {
        DenoisedFile file = new DenoisedFile(definition.input().channels().size());
        try (ModelSlot slot = new ModelSlot(denoiser);
                InputStream raw = Files.newInputStream(input);
                InputStream in = input.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            CsvDenoise run = new CsvDenoise(definition, eachColumn, slot, in, OutputStream.nullOutputStream());
            file.lanes = run.plan().lanes().stream().map(CsvPlan.Lane::name).toList();
            file.lanes.forEach(lane -> file.cleaned.add(new ArrayList<>()));
            run.run(file);
            file.rows = run.rows();
        }
        return file;
    }

    @Override
    public void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block) {
        float[] values = new float[block.length() * channels];
        for (int row = 0; row < block.length(); row++) {
            for (int channel = 0; channel < channels; channel++) {
                values[row * channels + channel] = block.clean(row, channel);
            }
        }
        cleaned.get(lane).add(values);
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        if (Float.isFinite(score.score())) {
            if (windows == scores.length) {
                scores = Arrays.copyOf(scores, windows * 2);
            }
            scores[windows++] = score.score();
        }
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        if (alert.state() == Alert.State.RAISED) {
            alerts.add(series + " at " + alert.startMs());
        }
    }

    long rows() {
        return rows;
    }

    int windows() {
        return windows;
    }

    List<String> lanes() {
        return lanes;
    }

    /** Cleaned values of one lane in blocks, in the order of the rows: {@code [row][channel]}. */
    List<float[]> cleaned(int lane) {
        return cleaned.get(lane);
    }

    /** Where alerts were raised, as in {@code ecg at 1500}, milliseconds of the window's start. */
    Set<String> alerts() {
        return alerts;
    }

    /** The score that the given share of the windows stays below; NaN without windows. */
    float quantile(double share) {
        float[] sorted = Arrays.copyOf(scores, windows);
        Arrays.sort(sorted);
        return windows == 0 ? Float.NaN : sorted[(int) Math.min(windows - 1, Math.floor(share * windows))];
    }
}
