package dev.limpid.cli;

import dev.limpid.eval.SignalPlot;
import dev.limpid.pipeline.CleanedBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stretch of rows as a picture: per series raw and cleaned values of the first channel, and below them the scores. Confined to
 * one thread.
 */
final class DenoisePlot {
    private static final int MOST_SERIES = 4;
    private final long firstRow;
    private final int rows;
    private final List<Lane> lanes = new ArrayList<>();
    private int seen;

    /** The values of one series, NaN where there is none. */
    private static final class Lane {
        final float[] raw;
        final float[] clean;
        final float[] score;

        Lane(int rows) {
            this.raw = filled(rows);
            this.clean = filled(rows);
            this.score = filled(rows);
        }

        private static float[] filled(int rows) {
            float[] values = new float[rows];
            Arrays.fill(values, Float.NaN);
            return values;
        }
    }

    /** @param series number of series; at most four are drawn */
    DenoisePlot(long firstRow, int rows, int series) {
        this.firstRow = firstRow;
        this.rows = rows;
        for (int i = 0; i < Math.min(series, MOST_SERIES); i++) {
            lanes.add(new Lane(rows));
        }
    }

    void add(int series, long row, CleanedBlock block) {
        for (int i = 0; i < block.length(); i++) {
            long at = row + i - firstRow;
            if (series < lanes.size() && at >= 0 && at < rows) {
                Lane lane = lanes.get(series);
                lane.raw[(int) at] = block.raw(i, 0);
                lane.clean[(int) at] = block.clean(i, 0);
                lane.score[(int) at] = block.score();
                seen = Math.max(seen, (int) at + 1);
            }
        }
    }

    /** Draws it; without a sample rate (0) the axis counts rows. */
    void write(Path file, List<String> names, double sampleRateHz) throws IOException {
        double step = sampleRateHz > 0 ? 1 / sampleRateHz : 1;
        SignalPlot plot = SignalPlot.of(String.join(", ", names.subList(0, lanes.size())))
                .timeAxis(sampleRateHz > 0 ? "time (s)" : "row", step)
                .startingAt(firstRow * step);
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            plot.panel(names.get(i))
                    .line("raw", Arrays.copyOf(lane.raw, seen))
                    .line("cleaned", Arrays.copyOf(lane.clean, seen));
        }
        plot.panel("score");
        for (int i = 0; i < lanes.size(); i++) {
            plot.line(names.get(i), Arrays.copyOf(lanes.get(i).score, seen));
        }
        plot.write(file);
    }
}
