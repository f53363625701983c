package dev.limpid.eval.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

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

    private static final int GAP = 2;
    private static final int ZOOM = 2;

    /**
     * Writes the page.
     *
     * @param low value of black; likewise {@code high}
     */
    public void write(Path file, int height, int width, float low, float high) throws IOException {
        Html html = new Html(title)
                .heading("Figures")
                .paragraph("Peak signal-to-noise ratio over all frames, the model first. Worse: frames further from the"
                        + " truth than as they came.")
                .ranking(figures)
                .heading("Frames")
                .paragraph("From the one that the model cleaned best to the one it cleaned worst.");
        for (Row row : examples) {
            html.image(sheet(row.frames(), height, width, low, high), row.title());
        }
        html.heading("Provenance").words(provenance);
        Files.writeString(file, html.done());
    }

    private static String sheet(List<float[]> frames, int height, int width, float low, float high) throws IOException {
        BufferedImage image = new BufferedImage(
                ZOOM * (frames.size() * (width + GAP) - GAP), ZOOM * height, BufferedImage.TYPE_INT_RGB);
        for (int frame = 0; frame < frames.size(); frame++) {
            float[] planes = frames.get(frame);
            int channels = planes.length / (height * width);
            for (int pixel = 0; pixel < height * width; pixel++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = planes[Math.min(c, channels - 1) * height * width + pixel];
                    int shade = Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
                    rgb = rgb << 8 | shade;
                }
                for (int i = 0; i < ZOOM * ZOOM; i++) {
                    int column = frame * (width + GAP) + pixel % width;
                    image.setRGB(ZOOM * column + i % ZOOM, ZOOM * (pixel / width) + i / ZOOM, rgb);
                }
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
