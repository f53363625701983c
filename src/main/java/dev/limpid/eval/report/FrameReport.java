package dev.limpid.eval.report;

import dev.limpid.eval.FrameRange;
import dev.limpid.eval.FrameSheet;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of an evaluation of frames: figures of each method, and frames beside each other.
 *
 * @param figures titles and then a row per method
 * @param examples rows of frames, each with its title
 */
public record FrameReport(String title, List<List<String>> figures, List<Row> examples, List<List<String>> provenance) {

    /**
     * Frames of one sort.
     *
     * @param frames of one channel or of three, {@code [channel][row][column]}
     */
    public record Row(String title, List<float[]> frames) {}

    private static final int ZOOM = 2;

    /** Writes the page. */
    public void write(Path file, Kind.Frame size, FrameRange range) throws IOException {
        Html html = new Html(title)
                .heading("Figures")
                .paragraph("Peak signal-to-noise ratio over all frames, the model first. Worse: frames further from the"
                        + " truth than as they came.")
                .ranking(figures)
                .heading("Frames")
                .paragraph("From the one that the model cleaned best to the one it cleaned worst.");
        FrameSheet sheet = new FrameSheet(size, range, ZOOM);
        for (Row row : examples) {
            html.image(sheet.png(List.of(row.frames())), row.title());
        }
        html.heading("Provenance").words(provenance);
        Files.writeString(file, html.done());
    }
}
