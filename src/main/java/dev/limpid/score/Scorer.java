package dev.limpid.score;

import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;
import org.jspecify.annotations.Nullable;

/**
 * Turns the residual of a window into its score: the root mean square over the observed values of the residual in calibrated
 * units, that is, {@code (x − clean)/residualScale} of the channel, or the model's {@code error} output where it has one.
 * Keeps scratch space, so confined to one thread.
 */
public final class Scorer {
    private final int length;
    private final double[] squares;
    private final float[] residual;
    private float score = Float.NaN;

    public Scorer(int channels, int length) {
        this.length = length;
        this.squares = new double[channels];
        this.residual = new float[length];
    }

    /**
     * Scores one window; all arrays are {@code [channel][time]}.
     *
     * @param observed 1 where {@code x} counts, 0 elsewhere; at least one is 1; null if all are
     * @param output the model's {@code error} output if its spec says so, else its {@code clean} output
     * @return the score; not finite if the model's error is not
     */
    public float score(ModelSpec model, float[] x, float @Nullable [] observed, float[] output) {
        int count = observed == null ? x.length : count(observed);
        double sum = 0;
        for (int c = 0; c < squares.length; c++) {
            for (int i = 0; i < length; i++) {
                int at = c * length + i;
                residual[i] = model.error() ? output[at] : x[at] - output[at];
            }
            if (observed != null && count < observed.length) {
                for (int i = 0; i < length; i++) {
                    residual[i] = observed[c * length + i] != 0f ? residual[i] : 0f;
                }
            }
            double scale = model.error() ? 1 : model.channels().get(c).residualScale();
            squares[c] = squares(residual) / (scale * scale);
            sum += squares[c];
        }
        score = (float) Math.sqrt(sum / count);
        return score;
    }

    private static int count(float[] observed) {
        int count = 0;
        for (float one : observed) {
            count += one != 0f ? 1 : 0;
        }
        return count;
    }

    /** Sum of squares, in four parts that do not wait for each other. */
    private static double squares(float[] values) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a += (double) values[i] * values[i];
            b += (double) values[i + 1] * values[i + 1];
            c += (double) values[i + 2] * values[i + 2];
            d += (double) values[i + 3] * values[i + 3];
        }
        for (; i < values.length; i++) {
            a += (double) values[i] * values[i];
        }
        return a + b + (c + d);
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
