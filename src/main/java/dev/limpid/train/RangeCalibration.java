package dev.limpid.train;

import dev.limpid.model.WindowRange;
import dev.limpid.score.WindowStatistics;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes calibration windows, and finds where their statistics lie: {@link WindowRange}. Confined to one thread. */
final class RangeCalibration {
    /** Fewer say nothing of how {@value WindowStatistics#COUNT} numbers hang together. */
    static final int LEAST_WINDOWS = 100;

    /** Added to every variance, and as a share of it: a statistic that never moves must not make every window strange. */
    private static final double LEAST_VARIANCE = 1e-4;

    private static final double[] NONE = {};

    private final int channels;
    private final WindowStatistics statistics;
    /** {@code [channel]} for each window; no numbers where less than half was observed. */
    private final List<double[][]> windows = new ArrayList<>();

    RangeCalibration(int channels, int length) {
        this.channels = channels;
        this.statistics = new WindowStatistics(length);
    }

    /**
     * Takes a window; all arrays are {@code [channel][time]}, and not kept.
     *
     * @param observed null if all of it counts
     * @param error the residual in calibrated units; null if it is {@code (x − clean)/scale}
     * @param scale one per channel
     */
    void add(float[] x, float @Nullable [] observed, float[] clean, float @Nullable [] error, Floats scale) {
        double[][] window = new double[channels][];
        statistics.window(x, observed, clean, error);
        for (int channel = 0; channel < channels; channel++) {
            double[] numbers = new double[WindowStatistics.COUNT];
            window[channel] = statistics.channel(channel, scale.at(channel), numbers) ? numbers : NONE;
        }
        windows.add(window);
    }

    /** Where the windows lie; unknown if there are too few of a channel to say so. */
    WindowRange range() {
        List<WindowRange.Channel> ranges = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            List<double[]> numbers = new ArrayList<>();
            for (double[][] window : windows) {
                double[] of = window[channel];
                if (of.length > 0) {
                    numbers.add(of);
                }
            }
            if (numbers.size() < LEAST_WINDOWS) {
                return WindowRange.UNKNOWN;
            }
            ranges.add(range(numbers));
        }
        double[] furthest = windows.stream()
                .mapToDouble(window -> furthest(window, ranges))
                .filter(distance -> distance >= 0)
                .sorted()
                .toArray();
        double bound = furthest[(int) Math.round(WindowRange.SHARE * (furthest.length - 1))];
        return new WindowRange(ranges, Math.max(Float.MIN_NORMAL, (float) bound));
    }

    private static double furthest(double[][] window, List<WindowRange.Channel> ranges) {
        double furthest = -1;
        for (int channel = 0; channel < window.length; channel++) {
            double[] numbers = window[channel];
            if (numbers.length > 0) {
                furthest = Math.max(furthest, ranges.get(channel).squaredDistance(numbers));
            }
        }
        return furthest;
    }

    private static WindowRange.Channel range(List<double[]> numbers) {
        int count = WindowStatistics.COUNT;
        double[] mean = new double[count];
        double[][] covariance = new double[count][count];
        for (double[] each : numbers) {
            for (int i = 0; i < count; i++) {
                mean[i] += each[i] / numbers.size();
            }
        }
        for (double[] each : numbers) {
            for (int i = 0; i < count; i++) {
                for (int k = 0; k <= i; k++) {
                    covariance[i][k] += (each[i] - mean[i]) * (each[k] - mean[k]) / (numbers.size() - 1);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            covariance[i][i] = covariance[i][i] * (1 + LEAST_VARIANCE) + LEAST_VARIANCE;
        }
        return new WindowRange.Channel(floats(mean), whitening(covariance));
    }

    private static Floats floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Floats.owning(floats);
    }

    /** The inverse of the lower Cholesky factor, row by row; only the lower triangle of {@code covariance} is read. */
    static Floats whitening(double[][] covariance) {
        int count = covariance.length;
        double[][] factor = new double[count][count];
        double[][] inverse = new double[count][count];
        float[] rows = new float[count * (count + 1) / 2];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = covariance[i][k];
                for (int j = 0; j < k; j++) {
                    sum -= factor[i][j] * factor[k][j];
                }
                factor[i][k] = i == k ? Math.sqrt(sum) : sum / factor[k][k];
            }
            for (int k = 0; k <= i; k++) {
                double sum = i == k ? 1 : 0;
                for (int j = k; j < i; j++) {
                    sum -= factor[i][j] * inverse[j][k];
                }
                inverse[i][k] = sum / factor[i][i];
                rows[at++] = (float) inverse[i][k];
            }
        }
        return Floats.owning(rows);
    }
}
