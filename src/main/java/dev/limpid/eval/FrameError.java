package dev.limpid.eval;

import java.util.ArrayList;
import java.util.List;

/** How far frames are from the truth: their peak signal-to-noise ratio over all of them. Confined to one thread. */
public final class FrameError {
    private final double peak;
    private final List<Double> squares = new ArrayList<>();
    private double sum;
    private long count;

    public FrameError(FrameRange range) {
        this.peak = range.span();
    }

    /** Adds a frame; a pixel that is missing counts as {@code instead}. */
    public void add(float[] truth, float[] frame, float instead) {
        double ofFrame = 0;
        for (int i = 0; i < truth.length; i++) {
            double value = Float.isNaN(frame[i]) ? instead : frame[i];
            ofFrame += (value - truth[i]) * (value - truth[i]);
        }
        sum += ofFrame;
        count += truth.length;
        squares.add(ofFrame / truth.length);
    }

    /** Mean squared error. */
    public double mse() {
        return sum / Math.max(1, count);
    }

    /** {@code 10 log10(peak² / mse)}. */
    public double psnrDb() {
        return 10 * Math.log10(peak * peak / Math.max(mse(), 1e-12 * peak * peak));
    }

    /** Mean squared error of each frame. */
    public List<Double> ofFrames() {
        return List.copyOf(squares);
    }

    /** Frames that are further off than they are in {@code other}. */
    public int worseThan(FrameError other) {
        int worse = 0;
        for (int i = 0; i < squares.size(); i++) {
            worse += squares.get(i) > other.squares.get(i) ? 1 : 0;
        }
        return worse;
    }
}
