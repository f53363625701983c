package dev.limpid.model;

import dev.limpid.signal.Floats;
import java.util.List;

/**
 * Where the statistics of a model's calibration windows lie, so that windows from elsewhere can be told: the model was not trained for
 * them, and what it makes of them may be worse than a filter. A window's distance is Mahalanobis's (1936), as Lee et al. (2018) use it
 * for this: the length of {@code whitening · (statistics − mean)}, for the channel that is furthest away.
 *
 * @param channels one per channel, in order; empty: {@link #UNKNOWN}
 * @param bound the squared distance that {@value #SHARE} of the calibration windows stay within; positive
 */
public record WindowRange(List<Channel> channels, float bound) {
    /** Share of the calibration windows that are in range. */
    public static final double SHARE = 0.98;

    /** How many statistics a window has. */
    public static final int STATISTICS = 7;

    /** Nobody knows where they lie. */
    public static final WindowRange UNKNOWN = new WindowRange(List.of(), 0);

    public WindowRange {
        channels = List.copyOf(channels);
    }

    public boolean known() {
        return !channels.isEmpty();
    }

    /**
     * The range of one channel.
     *
     * @param mean of each statistic over the calibration windows
     * @param whitening the inverse of the Cholesky factor of their covariance, its lower triangle row by row: it makes them independent
     *     and of deviation 1
     */
    public record Channel(Floats mean, Floats whitening) {
        /** The square of the distance of a window with these statistics. */
        public double squaredDistance(double[] statistics) {
            double sum = 0;
            int at = 0;
            for (int row = 0; row < mean.length(); row++) {
                double whitened = 0;
                for (int column = 0; column <= row; column++) {
                    whitened += whitening.at(at++) * (statistics[column] - mean.at(column));
                }
                sum += whitened * whitened;
            }
            return sum;
        }
    }
}
