package dev.limpid.eval.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicalFiltersTest {
    @Test
    void a_median_takes_out_an_outlier_and_keeps_a_step() {
        assertThat(new RunningMedian(3).clean(new float[] {0, 0, 9, 0, 0, 5, 5, 5}, 0))
                .containsExactly(0, 0, 0, 0, 0, 5, 5, 5);
    }

    @Test
    void savitzky_and_golays_weights_are_those_of_their_table() {
        // Given their table for quadratics and cubics over seven points: (-2 3 6 7 6 3 -2) / 21
        double[] table = {-2, 3, 6, 7, 6, 3, -2};

        // When
        double[] quadratic = new SavitzkyGolay(7, 2).weights();
        double[] cubic = new SavitzkyGolay(7, 3).weights();

        // Then
        for (int i = 0; i < table.length; i++) {
            assertThat(quadratic[i]).isCloseTo(table[i] / 21, within(1e-12));
            assertThat(cubic[i]).isCloseTo(table[i] / 21, within(1e-12));
        }
    }

    @ParameterizedTest(name = "degree {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void savitzky_golay_keeps_a_polynomial_of_its_degree(int degree) {
        // Given
        float[] values = new float[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.pow((i - 30) / 10.0, degree);
        }

        // When
        float[] out = new SavitzkyGolay(11, degree).clean(values, 0);

        // Then
        for (int i = 5; i < values.length - 5; i++) {
            assertThat(out[i]).isCloseTo(values[i], within(1e-4f * (1 + Math.abs(values[i]))));
        }
    }

    @Test
    void wiener_smooths_where_only_noise_is_and_keeps_what_rises_above_it() {
        // Given a box of 50 in weak noise; a twentieth of it may go at its edges
        float[] values = noise(0.1, 400);
        for (int i = 200; i < 220; i++) {
            values[i] += 50;
        }

        // When
        float[] out = new LocalWiener(9).clean(values, 0);

        // Then
        assertThat(deviation(out, 20, 150)).isLessThan(0.5 * deviation(values, 20, 150));
        assertThat(out[199]).isCloseTo(values[199], within(2.5f));
        assertThat(out[200]).isCloseTo(values[200], within(2.5f));
    }

    @Test
    void the_symlet_is_orthonormal_and_blind_to_cubics() {
        double[] h = WaveletShrinkage.SYM8;
        for (int shift = 0; shift < h.length; shift += 2) {
            double sum = 0;
            for (int i = shift; i < h.length; i++) {
                sum += h[i] * h[i - shift];
            }
            assertThat(sum).isCloseTo(shift == 0 ? 1 : 0, within(1e-9));
        }
        for (int power = 0; power <= 3; power++) {
            double moment = 0;
            for (int i = 0; i < h.length; i++) {
                moment += (i % 2 == 0 ? 1 : -1) * Math.pow(i, power) * h[i];
            }
            assertThat(moment).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void wavelets_give_back_a_signal_without_noise_and_take_noise_down() {
        // Given
        float[] smooth = new float[500];
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (float) Math.sin(i * 0.05);
        }
        float[] noisy = noise(0.3, smooth.length);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += smooth[i];
        }

        // When
        float[] kept = new WaveletShrinkage(4, false).clean(smooth, 0);
        float[] cleaned = new WaveletShrinkage(4, false).clean(noisy, 0);

        // Then
        assertThat(rms(smooth, kept)).isLessThan(1e-3);
        assertThat(rms(smooth, cleaned)).isLessThan(0.4 * rms(smooth, noisy));
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 2, 3, 7, 40})
    void every_filter_takes_signals_shorter_than_itself_and_with_holes(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i % 3 == 1 ? Float.NaN : i;
        }
        for (ClassicalFilter filter : Filters.standard(100)) {
            float[] out = filter.clean(values, 100);
            assertThat(out).as(filter.family()).hasSize(length);
            for (float value : out) {
                assertThat(value).as(filter.family()).isFinite();
            }
        }
    }

    @Test
    void a_list_of_filters_is_read_and_what_is_none_is_named() {
        assertThat(
                        Filters.parse(
                                "Band-pass 0.5..40 Hz order 3, band-pass 0..0.1, median 7,savitzky-golay 9, wiener 5, wavelet 3 soft"))
                .containsExactly(
                        new ZeroPhaseBandPass(0.5, 40, 3),
                        new ZeroPhaseBandPass(0, 0.1, 2),
                        new RunningMedian(7),
                        new SavitzkyGolay(9, 3),
                        new LocalWiener(5),
                        new WaveletShrinkage(3, true));
        assertThat(new ZeroPhaseBandPass(0.5, 40, 3).parameters(360)).isEqualTo("0.5..40 Hz, order 3");
        assertThatThrownBy(() -> Filters.parse("median 5, kalman 3"))
                .hasMessageContaining("'kalman 3'")
                .hasMessageContaining("wanted some of");
        assertThatThrownBy(() -> Filters.parse("median 4")).hasMessageContaining("odd");
    }

    private static float[] noise(double deviation, int length) {
        SplittableRandom random = new SplittableRandom(11);
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (float) (deviation * random.nextGaussian());
        }
        return out;
    }

    private static double rms(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }

    private static double deviation(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i] * values[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}
