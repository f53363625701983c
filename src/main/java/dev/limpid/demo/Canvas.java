package dev.limpid.demo;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a signal with Braille characters, two by four dots each. */
final class Canvas {
    private static final char BLANK = '\u2800';
    /** Bit of the dot in column 0 or 1, row 0 to 3, of a Braille character. */
    private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

    private Canvas() {}

    /**
     * Draws {@code values} from left to right, each column as the span from its lowest to its highest value.
     *
     * @param low value at the bottom
     * @param high value at the top
     */
    static List<String> plot(Floats values, int width, int height, double low, double high) {
        char[][] cells = new char[height][width];
        for (char[] row : cells) {
            Arrays.fill(row, BLANK);
        }
        int columns = 2 * width;
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) column * values.length() / columns);
            int to = Math.min(values.length(), (int) ((long) (column + 1) * values.length() / columns) + 1);
            float least = Float.NaN;
            float most = Float.NaN;
            for (int i = from; i < to; i++) {
                float value = values.at(i);
                least = Float.isNaN(least) ? value : Math.min(least, value);
                most = Float.isNaN(most) ? value : Math.max(most, value);
            }
            if (!Float.isNaN(least) && !Float.isNaN(most)) {
                int top = row(most, low, high, height);
                for (int row = top; row <= row(least, low, high, height); row++) {
                    cells[row / 4][column / 2] |= (char) DOTS[column % 2][row % 4];
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (char[] row : cells) {
            lines.add(new String(row));
        }
        return lines;
    }

    private static int row(float value, double low, double high, int height) {
        double part = (high - value) / (high - low);
        return (int) Math.max(0, Math.min(4 * height - 1, Math.floor(part * 4 * height)));
    }
}
