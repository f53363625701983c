package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.WindowRange;
import dev.limpid.score.WindowStatistics;
import dev.limpid.signal.Floats;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeCalibrationTest {
    private static final int LENGTH = 64;

    private static float[] walk(Random random, double colour) {
        float[] values = new float[LENGTH];
        for (int i = 1; i < LENGTH; i++) {
            values[i] = (float) (colour * values[i - 1] + random.nextGaussian());
        }
        return values;
    }

    private static WindowRange range(int windows) {
        Random random = new Random(7);
        RangeCalibration calibration = new RangeCalibration(1, LENGTH);
        for (int i = 0; i < windows; i++) {
            calibration.add(walk(random, 0.9), null, walk(random, 0.9), null, Floats.of(1));
        }
        return calibration.range();
    }

    private static double shareWithin(WindowRange range, double colour) {
        Random random = new Random(8);
        WindowStatistics statistics = new WindowStatistics(LENGTH);
        double[] numbers = new double[WindowStatistics.COUNT];
        int within = 0;
        for (int i = 0; i < 1_000; i++) {
            statistics.window(walk(random, colour), null, walk(random, colour), null);
            assertThat(statistics.channel(0, 1, numbers)).isTrue();
            within += range.channels().get(0).squaredDistance(numbers) <= range.bound() ? 1 : 0;
        }
        return within / 1_000.0;
    }

    @Test
    void windows_like_those_of_the_calibration_are_in_range_and_others_are_not() {
        WindowRange range = range(1_000);

        assertThat(shareWithin(range, 0.9)).isCloseTo(WindowRange.SHARE, within(0.02));
        assertThat(shareWithin(range, -0.5)).isLessThan(0.05);
    }

    @Test
    void whitening_undoes_the_covariance() {
        // Given: of two numbers, with deviations 2 and 3 and correlation 0.5
        double[][] covariance = {{4, 0}, {3, 9}};

        // When
        Floats whitening = RangeCalibration.whitening(covariance);

        // Then: W C Wᵀ = 1
        double a = whitening.at(0);
        double b = whitening.at(1);
        double c = whitening.at(2);
        assertThat(a * a * 4).isCloseTo(1, within(1e-6));
        assertThat(a * (b * 4 + c * 3)).isCloseTo(0, within(1e-6));
        assertThat(b * b * 4 + 2 * b * c * 3 + c * c * 9).isCloseTo(1, within(1e-6));
    }

    @Test
    void few_windows_say_nothing() {
        assertThat(range(RangeCalibration.LEAST_WINDOWS - 1).known()).isFalse();
        assertThat(range(RangeCalibration.LEAST_WINDOWS).known()).isTrue();
    }
}
