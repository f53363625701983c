package dev.limpid.demo.frames;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws digits by strokes of its own: polylines on a unit square whose corners are moved a little, then turned, sheared, sized and
 * rounded, drawn with a round pen. Values are from 0, paper, to 1, ink. The same chance gives the same frame.
 */
public final class DigitPen {
    /** Rows, and pixels of a row. */
    public static final int SIDE = 28;

    /** Strokes of each digit, x and y in turn, y downwards. */
    private static final List<float[][]> DIGITS = List.of(
            strokes(
                    0.5f, 0, 0.1f, 0.2f, 0.05f, 0.5f, 0.1f, 0.85f, 0.5f, 1, 0.9f, 0.85f, 0.95f, 0.5f, 0.9f, 0.2f, 0.5f,
                    0),
            strokes(0.25f, 0.2f, 0.55f, 0, 0.55f, 0.5f, 0.55f, 1),
            strokes(
                    0.1f, 0.2f, 0.3f, 0, 0.75f, 0, 0.95f, 0.25f, 0.75f, 0.5f, 0.35f, 0.75f, 0.1f, 1, 0.5f, 1, 0.95f,
                    0.98f),
            strokes(
                    0.1f, 0.1f, 0.5f, 0, 0.9f, 0.2f, 0.75f, 0.45f, 0.4f, 0.48f, 0.8f, 0.52f, 0.95f, 0.78f, 0.5f, 1,
                    0.05f, 0.88f),
            new float[][] {
                {0.4f, 0, 0.2f, 0.4f, 0.05f, 0.65f, 0.5f, 0.65f, 0.98f, 0.62f}, {0.7f, 0.25f, 0.7f, 0.6f, 0.7f, 1}
            },
            strokes(0.9f, 0, 0.5f, 0, 0.2f, 0.02f, 0.15f, 0.45f, 0.6f, 0.4f, 0.95f, 0.65f, 0.7f, 0.97f, 0.1f, 0.95f),
            strokes(
                    0.8f, 0, 0.4f, 0.2f, 0.1f, 0.6f, 0.2f, 0.95f, 0.6f, 1, 0.9f, 0.8f, 0.75f, 0.52f, 0.4f, 0.52f, 0.12f,
                    0.7f),
            new float[][] {{0.05f, 0.03f, 0.5f, 0, 0.95f, 0, 0.65f, 0.45f, 0.4f, 1}},
            strokes(
                    0.85f, 0.15f, 0.5f, 0, 0.15f, 0.18f, 0.45f, 0.45f, 0.85f, 0.72f, 0.5f, 1, 0.12f, 0.75f, 0.5f, 0.47f,
                    0.85f, 0.15f),
            strokes(
                    0.9f, 0.25f, 0.6f, 0, 0.2f, 0.12f, 0.15f, 0.42f, 0.5f, 0.52f, 0.85f, 0.35f, 0.9f, 0.1f, 0.85f, 0.6f,
                    0.7f, 1));

    private static final int ROUNDS = 2;

    private DigitPen() {}

    private static float[][] strokes(float... stroke) {
        return new float[][] {stroke};
    }

    /** A frame of {@code digit}, row by row. */
    public static float[] draw(int digit, RandomGenerator random) {
        float[] frame = new float[SIDE * SIDE];
        double angle = between(random, -0.25, 0.25);
        double shear = between(random, -0.2, 0.35);
        double high = between(random, 16, 20);
        double wide = between(random, 9, 15);
        double left = SIDE / 2.0 + between(random, -2, 2);
        double top = SIDE / 2.0 + between(random, -2, 2);
        double thick = between(random, 1.6, 3.4);
        for (float[] stroke : DIGITS.get(digit)) {
            double[] corners = new double[stroke.length];
            for (int i = 0; i < stroke.length; i += 2) {
                double x = (stroke[i] + between(random, -0.05, 0.05) - 0.5) * wide;
                double y = (stroke[i + 1] + between(random, -0.05, 0.05) - 0.5) * high;
                x -= shear * y;
                corners[i] = left + x * Math.cos(angle) - y * Math.sin(angle);
                corners[i + 1] = top + x * Math.sin(angle) + y * Math.cos(angle);
            }
            for (int round = 0; round < ROUNDS; round++) {
                corners = rounded(corners);
            }
            for (int i = 0; i + 3 < corners.length; i += 2) {
                line(frame, corners[i], corners[i + 1], corners[i + 2], corners[i + 3], thick / 2);
            }
        }
        return frame;
    }

    /** Cuts the corners of a polyline (Chaikin 1974); its ends stay. */
    private static double[] rounded(double[] corners) {
        int count = corners.length / 2;
        double[] more = new double[4 * count];
        int at = 0;
        more[at++] = corners[0];
        more[at++] = corners[1];
        for (int i = 0; i + 1 < count; i++) {
            for (double share : new double[] {0.25, 0.75}) {
                more[at++] = corners[2 * i] + share * (corners[2 * i + 2] - corners[2 * i]);
                more[at++] = corners[2 * i + 1] + share * (corners[2 * i + 3] - corners[2 * i + 1]);
            }
        }
        more[at++] = corners[2 * count - 2];
        more[at] = corners[2 * count - 1];
        return more;
    }

    /** The ink of a pixel falls off over one pixel at the pen's edge. */
    private static void line(float[] frame, double x0, double y0, double x1, double y1, double radius) {
        int reach = (int) Math.ceil(radius) + 1;
        int lowest = (int) Math.max(0, Math.min(y0, y1) - reach);
        int highest = (int) Math.min(SIDE - 1, Math.max(y0, y1) + reach);
        int least = (int) Math.max(0, Math.min(x0, x1) - reach);
        int greatest = (int) Math.min(SIDE - 1, Math.max(x0, x1) + reach);
        double squared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
        for (int row = lowest; row <= highest; row++) {
            for (int column = least; column <= greatest; column++) {
                double along = squared == 0 ? 0 : ((column - x0) * (x1 - x0) + (row - y0) * (y1 - y0)) / squared;
                double near = Math.max(0, Math.min(1, along));
                double dx = column - x0 - near * (x1 - x0);
                double dy = row - y0 - near * (y1 - y0);
                float ink = (float) Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(dx * dx + dy * dy)));
                frame[row * SIDE + column] = Math.max(frame[row * SIDE + column], ink);
            }
        }
    }

    private static double between(RandomGenerator random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
