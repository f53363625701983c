package dev.limpid.score;

import dev.limpid.model.WindowRange;
import org.jspecify.annotations.Nullable;

/**
 * What a channel of a window, and what the model made of it, look like in {@value #COUNT} numbers that neither the level nor, for a
 * model that normalises, the size of the signal moves:
 *
 * <ol>
 *   <li>logarithm of the kurtosis of the reconstruction's differences: how sharp its edges are
 *   <li>logarithm of its kurtosis: how much of it is peaks
 *   <li>its autocorrelation at lags of 1, 4 and 16 samples, by Fisher's z (1915): how fast it moves, at three scales
 *   <li>correlation of residual and reconstruction, by Fisher's z: a model leaves no signal behind where it was trained
 *   <li>logarithm of the root mean square of the residual in calibrated units: the error
 * </ol>
 *
 * <p>A few microseconds for 512 samples. Borrows the arrays of the window at hand, so confined to one thread.
 */
public final class WindowStatistics {
    public static final int COUNT = WindowRange.STATISTICS;
    private static final int[] LAGS = {1, 4, 16};
    private static final double LEAST_ERROR = 1e-6;
    private static final double MOST_CORRELATION = 0.9999;

    private final int length;
    private float[] x = {};
    private float @Nullable [] observed;
    private float[] clean = {};
    private float @Nullable [] error;
    private int from;

    /** @param length samples per window and channel */
    public WindowStatistics(int length) {
        this.length = length;
    }

    /**
     * The window that {@link #channel} is about, until the next; all arrays are {@code [channel][time]}.
     *
     * @param observed 1 where {@code x} counts, 0 elsewhere; null if all of it counts
     * @param error the residual in calibrated units, without its sign; null if it is {@code (x − clean)/scale}
     */
    public void window(float[] x, float @Nullable [] observed, float[] clean, float @Nullable [] error) {
        this.x = x;
        this.observed = observed;
        this.clean = clean;
        this.error = error;
    }

    /**
     * Takes the statistics of one channel.
     *
     * @param scale the residual's, see {@link dev.limpid.model.ChannelSpec}
     * @param into takes {@link #COUNT} numbers, all finite
     * @return whether at least half was observed: less is no evidence, and {@code into} stays as it is
     */
    public boolean channel(int channel, double scale, double[] into) {
        from = channel * length;
        if (2 * count() < length) {
            return false;
        }
        shape(into);
        residual(into);
        into[6] = Math.log(Math.max(LEAST_ERROR, rms(scale)));
        return true;
    }

    private int count() {
        if (observed == null) {
            return length;
        }
        int count = 0;
        for (int i = from; i < from + length; i++) {
            count += observed[i] != 0f ? 1 : 0;
        }
        return count;
    }

    private void shape(double[] into) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += clean[i];
        }
        double mean = sum / length;
        double slope = length < 2 ? 0 : ((double) clean[from + length - 1] - clean[from]) / (length - 1);
        double second = 0;
        double fourth = 0;
        double second1 = 0;
        double fourth1 = 0;
        double product4 = 0;
        double product16 = 0;
        double product1 = 0;
        for (int i = 0; i < length; i++) {
            double value = clean[from + i] - mean;
            double square = value * value;
            second += square;
            fourth += square * square;
            if (i >= 1) {
                double before = clean[from + i - 1] - mean;
                double difference = value - before - slope;
                double square1 = difference * difference;
                second1 += square1;
                fourth1 += square1 * square1;
                product1 += value * before;
            }
            if (i >= LAGS[1]) {
                product4 += value * (clean[from + i - LAGS[1]] - mean);
            }
            if (i >= LAGS[2]) {
                product16 += value * (clean[from + i - LAGS[2]] - mean);
            }
        }
        into[0] = logKurtosis(second1, fourth1, length - 1);
        into[1] = logKurtosis(second, fourth, length);
        into[2] = fisher(product1, second);
        into[3] = fisher(product4, second);
        into[4] = fisher(product16, second);
    }

    private static double logKurtosis(double second, double fourth, int count) {
        double kurtosis = count * fourth / (second * second);
        // of a flat line there is none
        return kurtosis > 0 && kurtosis < Double.POSITIVE_INFINITY ? Math.log(kurtosis) : 0;
    }

    private static double fisher(double product, double norm) {
        double correlation = norm > 0 ? product / norm : 0;
        double bounded = Math.max(-MOST_CORRELATION, Math.min(MOST_CORRELATION, correlation));
        return 0.5 * Math.log((1 + bounded) / (1 - bounded));
    }

    private void residual(double[] into) {
        double count = 0;
        double sumR = 0;
        double sumC = 0;
        for (int i = from; i < from + length; i++) {
            double weight = observed == null ? 1 : observed[i];
            count += weight;
            sumR += weight * ((double) x[i] - clean[i]);
            sumC += weight * clean[i];
        }
        double meanR = sumR / count;
        double meanC = sumC / count;
        double squaresR = 0;
        double squaresC = 0;
        double products = 0;
        for (int i = from; i < from + length; i++) {
            double weight = observed == null ? 1 : observed[i];
            double r = weight * ((double) x[i] - clean[i] - meanR);
            double c = weight * (clean[i] - meanC);
            squaresR += r * r;
            squaresC += c * c;
            products += r * c;
        }
        into[5] = fisher(products, Math.sqrt(squaresR) * Math.sqrt(squaresC));
    }

    private double rms(double scale) {
        double count = 0;
        double squares = 0;
        for (int i = from; i < from + length; i++) {
            double weight = observed == null ? 1 : observed[i];
            double residual = error == null ? ((double) x[i] - clean[i]) / scale : error[i];
            count += weight;
            squares += weight * residual * residual;
        }
        double rms = Math.sqrt(squares / count);
        return rms < Double.POSITIVE_INFINITY ? rms : Double.MAX_VALUE;
    }
}
