package dev.limpid.signal;

import java.util.BitSet;

/** Which pixels of a frame are stuck, and in which of its channels. Immutable. */
public final class StuckMap {
    private final int pixels;
    /** Places in {@code [channel][pixel]}, rising. */
    private final int[] places;

    private final BitSet inAny = new BitSet();

    StuckMap(int pixels, int[] places) {
        this.pixels = pixels;
        this.places = places;
        for (int place : places) {
            inAny.set(place % pixels);
        }
    }

    /** Pixels of a frame. */
    int pixels() {
        return pixels;
    }

    /** Number of stuck ones, each channel by itself. */
    public int size() {
        return places.length;
    }

    /** Whether the pixel at {@code time} of a window, which begins with a frame, is stuck in any channel. */
    public boolean stuck(int time) {
        return inAny.get(time % pixels);
    }

    /**
     * Makes what is stuck missing in all frames of a window.
     *
     * @param x {@code [channel][time]}, as is {@code observed}
     * @param count samples of the window, from the beginning; beyond, all is missing
     * @return number of values that were observed and are no longer
     */
    public int mask(float[] x, float[] observed, int length, int count) {
        int masked = 0;
        for (int place : places) {
            int row = place / pixels * length;
            for (int time = place % pixels; time < count; time += pixels) {
                masked += observed[row + time] == 0f ? 0 : 1;
                x[row + time] = 0f;
                observed[row + time] = 0f;
            }
        }
        return masked;
    }
}
