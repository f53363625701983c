package dev.limpid.score;

import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;

/**
 * Turns the residual of a window into its score: the root mean square over the observed values of the residual in calibrated
 * units, that is, {@code (x − clean)/residualScale} of the channel, or the model's {@code error} output where it has one.
 * Keeps scratch space, so confined to one thread.
 */
public final class Scorer {
    private final int length;
    private final double[] squares;
    private float score = Float.NaN;

    public Scorer(int channels, int length) {
        this.length = length;
        this.squares = new double[channels];
    }

    /**
     * Scores one window; all arrays are {@code [channel][time]}.
     *
     * @param observed 1 where {@code x} counts, 0 elsewhere; at least one is 1
     * @param output the model's {@code error} output if its spec says so, else its {@code clean} output
     * @return the score; not finite if the model's error is not
     */
    public float score(ModelSpec model, float[] x, float[] observed, float[] output) {
        double sum = 0;
        int count = 0;
        for (int c = 0; c < squares.length; c++) {
            double scale = model.error() ? 1 : model.channels().get(c).residualScale();
            double square = 0;
            for (int i = c * length; i < (c + 1) * length; i++) {
                if (observed[i] != 0f) {
                    double residual = model.error() ? output[i] : (double) x[i] - output[i];
                    square += residual * residual;
                    count++;
                }
            }
            squares[c] = square / (scale * scale);
            sum += squares[c];
        }
        score = (float) Math.sqrt(sum / count);
        return score;
    }

    /** Each channel's share of the window scored last, adding up to 1; equal shares if there is no residual at all. */
    public Floats shares() {
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        float[] shares = new float[squares.length];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = (float) (sum > 0 ? squares[c] / sum : 1.0 / shares.length);
        }
        return Floats.owning(shares);
    }
}
