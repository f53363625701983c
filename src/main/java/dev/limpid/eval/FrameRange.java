package dev.limpid.eval;

import java.util.List;

/** From black to white. */
public record FrameRange(float low, float high) {
    /** From the least value of the frames to the greatest; if there is but one, up to one more than that. */
    public static FrameRange of(List<float[]> frames) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] frame : frames) {
            for (float value : frame) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new FrameRange(low, high > low ? high : low + 1);
    }

    double span() {
        return (double) high - low;
    }
}
