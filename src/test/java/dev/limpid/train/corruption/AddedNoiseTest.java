package dev.limpid.train.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Disturbances that add something: how much, where, and how it is spread over frequencies. */
class AddedNoiseTest {
    private static final int LENGTH = 20_000;
    private static final double RATE = 1000;

    @Test
    void gaussian_noise_has_its_deviation_in_rms_or_in_units_and_no_memory() {
        Struck rms = Struck.by(new Gaussian(1, Range.of(0.3), Scale.RMS, Optional.empty()), 2, LENGTH);
        Struck unit = Struck.by(new Gaussian(1, Range.of(0.3), Scale.UNIT, Optional.empty()), 2, LENGTH);

        assertThat(rms.addedRms(0)).isCloseTo(0.6, within(0.02));
        assertThat(rms.addedRms(1)).isCloseTo(1.2, within(0.04));
        assertThat(unit.addedRms(1)).isCloseTo(0.3, within(0.01));
        assertThat(correlation(rms, 1)).isCloseTo(0, within(0.03));
    }

    @Test
    void a_drawn_sigma_is_even_in_the_logarithm() {
        Disturbance gaussian = new Gaussian(1, new Range(0.01, 1), Scale.RMS, Optional.empty());
        int below = 0;
        for (int seed = 0; seed < 400; seed++) {
            below += Struck.by(gaussian, 1, 200, 200, seed).addedRms(0) < 0.1 * 2 ? 1 : 0;
        }

        assertThat(below / 400.0).isCloseTo(0.5, within(0.08));
    }

    @Test
    void clipped_noise_stays_within_the_limits() {
        Struck struck = Struck.by(new Gaussian(1, Range.of(1), Scale.RMS, Optional.of(new Range(-1, 1.5))), 1, LENGTH);

        assertThat(struck.window.x).contains(-1f, 1.5f);
        for (float value : struck.window.x) {
            assertThat(value).isBetween(-1f, 1.5f);
        }
    }

    @Test
    void impulses_strike_their_share_of_samples_by_their_size_up_and_down() {
        Struck struck = Struck.by(new Impulses(1, Range.of(0.02), new Range(3, 5), Scale.RMS), 1, LENGTH);

        int up = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (struck.added(i) != 0) {
                assertThat(Math.abs(struck.added(i))).isBetween(5.999f, 10.001f);
                up += struck.added(i) > 0 ? 1 : 0;
            }
        }
        assertThat(struck.changed(0) / (double) LENGTH).isCloseTo(0.02, within(0.004));
        assertThat(up / (double) struck.changed(0)).isCloseTo(0.5, within(0.1));
    }

    @Test
    void baseline_wander_is_slow_and_as_strong_as_asked_for() {
        Struck struck = Struck.by(new Wander(1, Range.of(1.5), Scale.RMS, new Range(0.3, 2), RATE), 1, LENGTH);

        assertThat(struck.addedRms(0)).isCloseTo(3, within(0.6));
        assertThat(correlation(struck, 20)).isGreaterThan(0.95); // a fiftieth of a second
        assertThat(amplitude(struck, 0, 5) + amplitude(struck, 0, 20)).isLessThan(0.1);
    }

    @Test
    void hum_stands_at_the_mains_and_its_harmonics_and_nowhere_else() {
        Struck struck = Struck.by(new Hum(1, Range.of(0.5), Scale.RMS, Range.of(50), 3, RATE), 2, LENGTH);

        assertThat(amplitude(struck, 0, 50)).isCloseTo(Math.sqrt(2) * 0.5 * 2, within(0.01));
        assertThat(amplitude(struck, 1, 50)).isCloseTo(Math.sqrt(2) * 0.5 * 4, within(0.02));
        assertThat(amplitude(struck, 0, 100)).isBetween(0.01, 0.5 * Math.sqrt(2));
        assertThat(amplitude(struck, 0, 200)).isLessThan(0.01);
        assertThat(amplitude(struck, 0, 73)).isLessThan(0.01);
    }

    @Test
    void harmonics_beyond_half_the_sample_rate_are_left_out() {
        Struck three = Struck.by(new Hum(1, Range.of(0.5), Scale.RMS, Range.of(50), 3, 120), 1, 600);
        Struck one = Struck.by(new Hum(1, Range.of(0.5), Scale.RMS, Range.of(50), 1, 120), 1, 600);

        assertThat(three.addedRms(0)).isCloseTo(one.addedRms(0), within(1e-3));
    }

    @Test
    void recorded_noise_has_the_drawn_ratio_to_each_channel() {
        Struck struck = Struck.by(new Recorded(1, "", Range.of(6)), 2, LENGTH);

        assertThat(struck.addedRms(0)).isCloseTo(2 * Math.pow(10, -6 / 20.0), within(1e-3));
        assertThat(struck.addedRms(1)).isCloseTo(4 * Math.pow(10, -6 / 20.0), within(1e-3));
    }

    @Test
    void gain_and_offset_drift_in_a_straight_line_from_or_to_where_they_should_be() {
        Struck struck = Struck.by(new Drift(1, Range.of(2), Range.of(0.5), Scale.RMS), 1, 101);

        boolean away = struck.added(0) == 0;
        for (int i = 0; i <= 100; i++) {
            double way = away ? i / 100.0 : 1 - i / 100.0;
            assertThat(struck.window.x[i]).isCloseTo((float) (struck.clean[i] * (1 + way) + way), within(1e-4f));
        }
    }

    /** Of what was added to the first channel, {@code lag} samples apart. */
    private static double correlation(Struck struck, int lag) {
        double product = 0;
        double square = 0;
        for (int i = lag; i < LENGTH; i++) {
            product += (double) struck.added(i) * struck.added(i - lag);
            square += (double) struck.added(i) * struck.added(i);
        }
        return product / square;
    }

    /** Of the sinusoid at {@code hz} in what was added to a channel. */
    private static double amplitude(Struck struck, int channel, double hz) {
        double sine = 0;
        double cosine = 0;
        for (int i = 0; i < LENGTH; i++) {
            double turn = 2 * Math.PI * hz / RATE * i;
            sine += struck.added(channel * LENGTH + i) * Math.sin(turn);
            cosine += struck.added(channel * LENGTH + i) * Math.cos(turn);
        }
        return 2 * Math.hypot(sine, cosine) / LENGTH;
    }
}
