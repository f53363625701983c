package dev.limpid.signal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The median over squares of pixels, frame by frame (Tukey 1977): what is at hand without a model against single pixels gone wrong. A
 * square is cut at the frame's edge; pixels that are missing do not count, and get the median of those around them.
 *
 * @param height rows of a frame
 * @param width pixels of a row
 * @param size side of the square, odd
 */
public record FrameMedian(int height, int width, int size) implements Fallback {
    public FrameMedian {
        if (height < 1 || width < 1 || size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException("a median over " + size + " x " + size + " of frames of " + height
                    + " x " + width + ", wanted an odd size");
        }
    }

    @Override
    public WindowFilter over(int length) {
        return new Median(this);
    }

    /** Keeps the values of a square. */
    private static final class Median implements WindowFilter {
        private final FrameMedian design;
        private final float[] square;

        Median(FrameMedian design) {
            this.design = design;
            this.square = new float[design.size * design.size];
        }

        @Override
        public boolean filter(float[] x, float @Nullable [] observed, int from, int count, float[] out) {
            boolean any = false;
            for (int i = 0; i < count; i++) {
                int frame = i - i % (design.height * design.width);
                float median = median(x, observed, from + frame, i - frame);
                if (!Float.isNaN(median)) {
                    out[from + i] = median;
                    any = true;
                }
            }
            return any;
        }

        /** NaN if nothing around the pixel was observed. */
        private float median(float[] x, float @Nullable [] observed, int frame, int pixel) {
            int reach = design.size / 2;
            int row = pixel / design.width;
            int column = pixel % design.width;
            int values = 0;
            for (int r = Math.max(0, row - reach); r <= Math.min(design.height - 1, row + reach); r++) {
                for (int c = Math.max(0, column - reach); c <= Math.min(design.width - 1, column + reach); c++) {
                    int at = frame + r * design.width + c;
                    if (observed == null || observed[at] != 0f) {
                        square[values++] = x[at];
                    }
                }
            }
            if (values == 0) {
                return Float.NaN;
            }
            Arrays.sort(square, 0, values);
            return values % 2 == 1 ? square[values / 2] : (square[values / 2 - 1] + square[values / 2]) / 2;
        }
    }
}
