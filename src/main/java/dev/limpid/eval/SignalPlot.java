package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of signals over a common time axis: panels one below the other, several lines in each, NaN as a gap.
 *
 * <pre>{@code
 * SignalPlot.of("ecg, lead")
 *         .timeAxis("time (s)", 1 / 360.0)
 *         .panel("mV").line("raw", raw).line("cleaned", cleaned)
 *         .panel("score").line("score", score, 64)
 *         .write(Path.of("ecg.png"));
 * }</pre>
 *
 * Works without a display. Confined to one thread.
 */
public final class SignalPlot {
    private final String title;
    private final List<Panel> panels = new ArrayList<>();
    private String timeLabel = "sample";
    private double step = 1;
    private double start;

    /**
     * One line.
     *
     * @param start time of the first value
     * @param step time from value to value
     */
    record Line(String label, Floats values, double start, double step) {}

    /** Lines that share a vertical axis. */
    record Panel(String unit, List<Line> lines) {}

    private SignalPlot(String title) {
        this.title = title;
    }

    public static SignalPlot of(String title) {
        return new SignalPlot(title);
    }

    /**
     * What the horizontal axis says.
     *
     * @param secondsPerSample or any other unit: what one sample counts for
     */
    public SignalPlot timeAxis(String label, double secondsPerSample) {
        this.timeLabel = label;
        this.step = secondsPerSample;
        return this;
    }

    /** Where the horizontal axis begins, in its unit. */
    public SignalPlot startingAt(double time) {
        this.start = time;
        return this;
    }

    /** Begins a panel below the last one; {@code unit} stands at its vertical axis. */
    public SignalPlot panel(String unit) {
        panels.add(new Panel(unit, new ArrayList<>()));
        return this;
    }

    /** Adds a line with one value per sample to the panel begun last. */
    public SignalPlot line(String label, float[] values) {
        return line(label, values, 1);
    }

    /** Adds a line with one value per {@code samples} samples to the panel begun last, as scores have one per hop. */
    public SignalPlot line(String label, float[] values, int samples) {
        if (panels.isEmpty()) {
            panel("");
        }
        panels.get(panels.size() - 1).lines().add(new Line(label, Floats.of(values), start, step * samples));
        return this;
    }

    /** Draws it, 1200 pixels wide. */
    public BufferedImage draw() {
        return new PlotPainter(title, timeLabel, panels).paint();
    }

    /** Draws it into a PNG file. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (!ImageIO.write(draw(), "png", file.toFile())) {
            throw new IOException("no PNG writer for " + file);
        }
    }
}
