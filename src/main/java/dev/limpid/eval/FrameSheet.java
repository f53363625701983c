package dev.limpid.eval;

import dev.limpid.signal.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Draws frames beside each other. They have one channel or three, {@code [channel][row][column]}; what is missing is black.
 *
 * @param zoom pixels of the picture per pixel of a frame, each way
 */
public record FrameSheet(Kind.Frame size, FrameRange range, int zoom) {
    private static final int GAP = 2;

    /** A PNG, each of the rows with as many frames as the first. */
    public byte[] png(List<List<float[]>> rows) throws IOException {
        int columns = rows.get(0).size();
        BufferedImage image = new BufferedImage(
                zoom * (columns * (size.width() + GAP) - GAP),
                zoom * (rows.size() * (size.height() + GAP) - GAP),
                BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns; column++) {
                draw(image, rows.get(row).get(column), row * (size.height() + GAP), column * (size.width() + GAP));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private void draw(BufferedImage image, float[] planes, int top, int left) {
        int channels = planes.length / size.pixels();
        for (int pixel = 0; pixel < size.pixels(); pixel++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                float value = planes[Math.min(c, channels - 1) * size.pixels() + pixel];
                int shade = Math.round(
                        255 * Math.max(0, Math.min(1, (value - range.low()) / (range.high() - range.low()))));
                rgb = rgb << 8 | shade;
            }
            for (int i = 0; i < zoom * zoom; i++) {
                int x = left + pixel % size.width();
                int y = top + pixel / size.width();
                image.setRGB(zoom * x + i % zoom, zoom * y + i / zoom, rgb);
            }
        }
    }
}
