package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowStatisticsTest {
    private static final int LENGTH = 64;
    private final WindowStatistics statistics = new WindowStatistics(LENGTH);

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private double[] of(float[] x, float[] observed, float[] clean) {
        double[] numbers = new double[WindowStatistics.COUNT];
        statistics.window(x, observed, clean, null);
        assertThat(statistics.channel(0, 0.5, numbers)).isTrue();
        return numbers;
    }

    private static float[] noise(Random random) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextGaussian() + (i == 0 ? 0 : 0.8f * values[i - 1]);
        }
        return values;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void they_are_those_of_the_textbook(long seed) {
        // Given
        Random random = new Random(seed);
        float[] x = noise(random);
        float[] clean = noise(random);

        // When
        double[] numbers = of(x, ones(), clean);

        // Then
        double[] values = doubles(clean);
        double[] differences = new double[LENGTH - 1];
        double[] residual = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            residual[i] = (double) x[i] - clean[i];
            if (i > 0) {
                differences[i - 1] = values[i] - values[i - 1];
            }
        }
        assertThat(numbers[0]).isCloseTo(Math.log(kurtosis(differences)), within(1e-9));
        assertThat(numbers[1]).isCloseTo(Math.log(kurtosis(values)), within(1e-9));
        assertThat(Math.tanh(numbers[2])).isCloseTo(autocorrelation(values, 1), within(1e-9));
        assertThat(Math.tanh(numbers[3])).isCloseTo(autocorrelation(values, 4), within(1e-9));
        assertThat(Math.tanh(numbers[4])).isCloseTo(autocorrelation(values, 16), within(1e-9));
        assertThat(Math.tanh(numbers[5])).isCloseTo(correlation(residual, values), within(1e-9));
        assertThat(Math.exp(numbers[6]))
                .isCloseTo(
                        2
                                * Math.sqrt(Arrays.stream(residual)
                                        .map(r -> r * r)
                                        .average()
                                        .orElseThrow()),
                        within(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_was_not_observed_does_not_count(long seed) {
        // Given: the same window, with other values where they are missing
        Random random = new Random(seed);
        float[] x = noise(random);
        float[] clean = noise(random);
        float[] observed = ones();
        for (int i = 0; i < LENGTH / 2; i++) {
            observed[random.nextInt(LENGTH)] = 0;
        }
        float[] other = x.clone();
        for (int i = 0; i < LENGTH; i++) {
            other[i] = observed[i] == 0 ? 1e6f : x[i];
        }

        // When
        double[] one = of(x, observed, clean);

        // Then
        assertThat(of(other, observed, clean)).isEqualTo(one);
    }

    @Test
    void less_than_half_is_no_evidence() {
        float[] observed = ones();
        Arrays.fill(observed, 0, LENGTH / 2 + 1, 0f);
        statistics.window(new float[LENGTH], observed, new float[LENGTH], null);

        assertThat(statistics.channel(0, 1, new double[WindowStatistics.COUNT])).isFalse();
    }

    @Test
    void a_flat_line_has_finite_ones() {
        float[] flat = new float[LENGTH];
        Arrays.fill(flat, 3f);

        for (double number : of(flat, ones(), flat)) {
            assertThat(number).isFinite();
        }
    }

    private static float[] ones() {
        float[] ones = new float[LENGTH];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double moment(double[] values, int power) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                .map(v -> Math.pow(v - mean, power))
                .average()
                .orElseThrow();
    }

    private static double kurtosis(double[] values) {
        return moment(values, 4) / Math.pow(moment(values, 2), 2);
    }

    private static double autocorrelation(double[] values, int lag) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / values.length / moment(values, 2);
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum / a.length / Math.sqrt(moment(a, 2) * moment(b, 2));
    }
}
