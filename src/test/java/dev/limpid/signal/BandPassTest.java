package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.me.berndporr.iirj.Butterworth;

/** The band-pass against frequency responses that are known, and against iirj. */
class BandPassTest {
    private static final double RATE = 360;

    @ParameterizedTest(name = "order {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void the_edges_are_at_three_decibels_and_the_skirts_fall_by_six_per_octave_and_pole(int order) {
        // Given
        BandPass filter = BandPass.of(1, 40, order, RATE);

        // Then
        assertThat(decibels(filter.gainAt(1, RATE))).isCloseTo(-3.01, within(0.05));
        assertThat(decibels(filter.gainAt(40, RATE))).isCloseTo(-3.01, within(0.05));
        assertThat(decibels(filter.gainAt(6.3, RATE))).isCloseTo(0, within(0.3));
        assertThat(decibels(filter.gainAt(0.05, RATE) / filter.gainAt(0.025, RATE)))
                .isCloseTo(6.02 * order, within(0.05 * order));
        assertThat(filter.gainAt(0, RATE)).isZero();
        assertThat(filter.gainAt(180, RATE)).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest(name = "a sine of {0} Hz")
    @ValueSource(doubles = {0.3, 0.5, 4, 40, 90})
    void a_sine_leaves_as_strong_as_the_response_says(double hz) {
        // Given
        BandPass filter = BandPass.of(0.5, 40, 2, RATE);
        CausalBandPass causal = new CausalBandPass(filter);
        int length = 36_000;
        float[] sine = new float[length];
        for (int i = 0; i < length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * hz * i / RATE);
        }

        // When
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (float) causal.next(sine[i]);
        }
        float[] zeroPhase = filter.zeroPhase(sine);

        // Then
        double gain = filter.gainAt(hz, RATE);
        assertThat(amplitude(out)).isCloseTo(gain, within(2e-3));
        assertThat(amplitude(zeroPhase)).isCloseTo(gain * gain, within(2e-3));
        for (int i = 10_000; i < 26_000; i++) {
            assertThat(zeroPhase[i]).isCloseTo((float) (gain * gain * sine[i]), within(3e-3f));
        }
    }

    @ParameterizedTest(name = "{0}..{1} Hz, order {2}")
    @CsvSource({"0.5, 40, 2", "1, 15, 3", "5, 60, 4", "0.67, 100, 1"})
    void it_gives_what_another_implementation_gives(double low, double high, int order) {
        // Given
        Butterworth highPass = new Butterworth();
        highPass.highPass(order, RATE, low);
        Butterworth lowPass = new Butterworth();
        lowPass.lowPass(order, RATE, high);
        CausalBandPass ours = new CausalBandPass(BandPass.of(low, high, order, RATE));
        SplittableRandom random = new SplittableRandom(3);
        ours.next(0);
        highPass.filter(0);
        lowPass.filter(0);

        // Then
        for (int i = 0; i < 5_000; i++) {
            double value = random.nextDouble() - 0.5;
            assertThat(ours.next(value)).isCloseTo(lowPass.filter(highPass.filter(value)), within(1e-9));
        }
    }

    @Test
    void a_level_far_from_zero_makes_no_step_at_the_beginning() {
        CausalBandPass band = new CausalBandPass(BandPass.of(0.5, 40, 2, RATE));
        CausalBandPass low = new CausalBandPass(BandPass.of(0, 40, 3, RATE));
        for (int i = 0; i < 1_000; i++) {
            assertThat(band.next(1_000)).isCloseTo(0, within(1e-6));
            assertThat(low.next(1_000)).isCloseTo(1_000, within(1e-6));
        }
    }

    @Test
    void a_restart_is_no_restart() {
        // Given
        BandPass design = BandPass.of(0.5, 40, 3, RATE);
        CausalBandPass through = new CausalBandPass(design);
        CausalBandPass before = new CausalBandPass(design);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100; i++) {
            double value = random.nextDouble();
            through.next(value);
            before.next(value);
        }

        // When
        CausalBandPass after = new CausalBandPass(design);
        after.restore(before.copyState());

        // Then
        for (int i = 0; i < 100; i++) {
            double value = i % 7 == 0 ? Double.NaN : random.nextDouble();
            assertThat(after.next(value)).isEqualTo(through.next(value));
        }
    }

    @Test
    void a_missing_value_counts_as_the_last_one_and_before_the_first_there_is_none() {
        CausalBandPass filter = new CausalBandPass(BandPass.of(0, 40, 2, RATE));
        assertThat(filter.next(Double.NaN)).isNaN();
        assertThat(filter.next(3)).isCloseTo(3, within(1e-12));
        assertThat(filter.next(Double.NaN)).isCloseTo(3, within(1e-12));
    }

    @Test
    void holes_are_bridged_by_straight_lines_and_the_ends_by_what_is_next() {
        float nan = Float.NaN;
        assertThat(Holes.bridged(new float[] {nan, 1, nan, nan, 4, nan})).containsExactly(1, 1, 2, 3, 4, 4);
        assertThat(Holes.bridged(new float[] {nan, nan})).containsExactly(0, 0);
    }

    @Test
    void what_is_no_band_is_refused() {
        assertThatThrownBy(() -> BandPass.of(40, 0.5, 2, RATE)).hasMessageContaining("0 <= low < high");
        assertThatThrownBy(() -> BandPass.of(200, 300, 2, RATE)).hasMessageContaining("below half the rate");
        assertThatThrownBy(() -> BandPass.of(1, 2, 9, RATE)).hasMessageContaining("order 1 to 8");
    }

    private static double amplitude(float[] values) {
        double sum = 0;
        int from = values.length / 4;
        int to = 3 * values.length / 4;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(2 * sum / (to - from));
    }

    private static double decibels(double factor) {
        return 20 * Math.log10(factor);
    }
}
