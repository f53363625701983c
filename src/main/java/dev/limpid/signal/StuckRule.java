package dev.limpid.signal;

/**
 * When a pixel of successive frames is stuck: when it kept one value in {@code after} frames in each of which most of what is around it
 * moved, and nearly all that moved is brighter than it, or nearly all darker. What is around it are the pixels up to {@value #REACH} rows and
 * columns away; most of them are three in five, nearly all nine in ten. So a still scene has no stuck pixel, nor has a border that is always
 * black, nor a place that strokes pass on this side and on that; and two of five neighbours may be stuck as well, as in a dead row or column.
 *
 * @param height rows of a frame
 * @param width pixels of a row
 * @param after frames, 2 to {@value #MOST}
 */
public record StuckRule(int height, int width, int after) {
    /** Greatest number of frames: it is counted in a byte. */
    public static final int MOST = 255;

    static final int REACH = 2;

    public StuckRule {
        if (height < 1 || width < 1 || after < 2 || after > MOST) {
            throw new IllegalArgumentException("pixels of " + height + " x " + width + " that are stuck after " + after
                    + " frames, wanted 1 x 1 at least and 2 to " + MOST);
        }
    }

    /** Pixels of a frame. */
    public int pixels() {
        return Math.multiplyExact(height, width);
    }

    /** Whether so many of so many pixels are nearly all of them. */
    static boolean nearlyAll(int some, int all) {
        return 10 * some >= 9 * all;
    }

    /** Whether so many of so many pixels are most of them. */
    static boolean most(int moved, int around) {
        return moved > 0 && 5 * moved >= 3 * around;
    }
}
