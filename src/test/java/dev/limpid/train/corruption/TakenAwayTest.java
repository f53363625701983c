package dev.limpid.train.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disturbances that take away, move or distort what is there. */
class TakenAwayTest {
    @Test
    void a_mask_keeps_samples_with_its_probability_each_by_itself() {
        Struck struck = Struck.by(new Mask(1, Range.of(0.75), Hiding.MISSING), 2, 10_000);

        assertThat(struck.missing() / 20_000.0).isCloseTo(0.25, within(0.015));
        int both = 0;
        for (int i = 0; i < 10_000; i++) {
            both += struck.window.observed[i] == 0 && struck.window.observed[10_000 + i] == 0 ? 1 : 0;
        }
        assertThat(both / 10_000.0).isCloseTo(0.0625, within(0.01));
    }

    @Test
    void samples_that_become_zero_are_not_told_of() {
        Struck struck = Struck.by(new Mask(1, Range.of(0.75), Hiding.ZERO), 1, 10_000);

        assertThat(struck.missing()).isZero();
        assertThat(struck.changed(0) / 10_000.0).isCloseTo(0.25, within(0.02));
        for (int i = 0; i < 10_000; i++) {
            assertThat(struck.window.x[i]).isIn(struck.clean[i], 0f);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void spans_are_connected_and_take_all_channels_at_once(long seed) {
        Struck struck = Struck.by(new Spans(1, Range.of(3), Range.of(0.3), Hiding.MISSING), 2, 1000, 1000, seed);

        float[] first = Arrays.copyOf(struck.window.observed, 1000);
        assertThat(Arrays.copyOfRange(struck.window.observed, 1000, 2000)).isEqualTo(first);
        int runs = 0;
        for (int i = 1; i < 1000; i++) {
            runs += first[i - 1] == 1 && first[i] == 0 ? 1 : 0;
        }
        assertThat(runs + (first[0] == 0 ? 1 : 0)).isBetween(1, 3);
        assertThat(struck.missing() / 2).isBetween(100, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_patch_of_a_signal_is_a_stretch_of_adjacent_channels(long seed) {
        Struck struck =
                Struck.by(new Patches(1, Range.of(1), Range.of(0.5), Range.of(0.2), Hiding.MISSING), 4, 100, 100, seed);

        assertRectangle(struck.window.observed, 4, 100, 2, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_patch_of_a_frame_is_a_rectangle_of_pixels_in_all_channels(long seed) {
        Struck struck = Struck.by(
                new Patches(1, Range.of(1), Range.of(0.25), Range.of(0.5), Hiding.MISSING), 2, 28 * 28, 28, seed);

        float[] first = Arrays.copyOf(struck.window.observed, 28 * 28);
        assertRectangle(first, 28, 28, 7, 14);
        assertThat(Arrays.copyOfRange(struck.window.observed, 28 * 28, 2 * 28 * 28))
                .isEqualTo(first);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void dead_rows_of_a_frame_are_whole_and_the_same_in_all_channels(long seed) {
        Struck struck = Struck.by(new DeadRows(1, Range.of(2), Hiding.MISSING), 2, 8 * 5, 5, seed);

        float[] first = Arrays.copyOf(struck.window.observed, 40);
        assertThat(Arrays.copyOfRange(struck.window.observed, 40, 80)).isEqualTo(first);
        int dead = 0;
        for (int row = 0; row < 8; row++) {
            for (int column = 1; column < 5; column++) {
                assertThat(first[row * 5 + column]).isEqualTo(first[row * 5]);
            }
            dead += first[row * 5] == 0 ? 1 : 0;
        }
        assertThat(dead).isBetween(1, 2);
    }

    @Test
    void salt_and_pepper_makes_as_many_pixels_black_as_white_in_all_channels_at_once() {
        Struck struck = Struck.by(new SaltAndPepper(1, Range.of(0.2), new Range(-9, 9)), 2, 100 * 100, 100, 1);

        int salt = 0;
        int pepper = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean changed = struck.window.x[i] != struck.clean[i];
            assertThat(struck.window.x[i]).isIn(struck.clean[i], 9f, -9f);
            if (changed) {
                assertThat(struck.window.x[10_000 + i]).isEqualTo(struck.window.x[i]);
            }
            salt += struck.window.x[i] == 9 ? 1 : 0;
            pepper += struck.window.x[i] == -9 ? 1 : 0;
        }
        assertThat(salt / 10_000.0).isCloseTo(0.1, within(0.01));
        assertThat(pepper / 10_000.0).isCloseTo(0.1, within(0.01));
        assertThat(struck.missing()).isZero();
    }

    private static void assertRectangle(float[] observed, int rows, int columns, int high, int wide) {
        int top = rows;
        int bottom = 0;
        int left = columns;
        int right = 0;
        int count = 0;
        for (int i = 0; i < rows * columns; i++) {
            if (observed[i] == 0) {
                top = Math.min(top, i / columns);
                bottom = Math.max(bottom, i / columns);
                left = Math.min(left, i % columns);
                right = Math.max(right, i % columns);
                count++;
            }
        }
        assertThat(bottom - top + 1).isEqualTo(high);
        assertThat(right - left + 1).isEqualTo(wide);
        assertThat(count).isEqualTo(high * wide);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void a_shuffle_moves_no_sample_further_than_its_reach_and_all_channels_alike(long seed) {
        // Given: sines whose values are all different
        int length = 100;
        Struck struck = Struck.by(new Shuffle(1, Range.of(3)), 2, length, length, seed);

        int moved = 0;
        for (int i = 0; i < length; i++) {
            int from = -1;
            for (int k = Math.max(0, i - 3); k <= Math.min(length - 1, i + 3); k++) {
                from = struck.clean[k] == struck.window.x[i] ? k : from;
            }
            assertThat(from).isNotNegative();
            assertThat(struck.window.x[length + i]).isEqualTo(struck.clean[length + from]);
            moved += from == i ? 0 : 1;
        }
        assertThat(moved).isGreaterThan(30);
    }

    @Test
    void one_channel_drops_to_its_constant_and_nobody_tells() {
        Struck struck = Struck.by(new Dropout(1, Range.of(0.2), -9), 3, 1000);

        int hit = 0;
        for (int channel = 0; channel < 3; channel++) {
            hit += struck.changed(channel) > 0 ? 1 : 0;
        }
        assertThat(hit).isEqualTo(1);
        assertThat(struck.missing()).isZero();
        int flat = 0;
        for (float value : struck.window.x) {
            flat += value == -9 ? 1 : 0;
        }
        assertThat(flat).isEqualTo(200);
    }

    @Test
    void a_stuck_channel_keeps_the_value_it_had() {
        Struck struck = Struck.by(new Stuck(1, Range.of(0.2)), 1, 1000);

        int from = 0;
        while (struck.window.x[from] != struck.window.x[from + 1]) {
            from++;
        }
        assertThat(struck.window.x[from]).isEqualTo(struck.clean[from]);
        for (int i = 0; i < 1000; i++) {
            assertThat(struck.window.x[i])
                    .isEqualTo(i >= from && i < from + 200 ? struck.clean[from] : struck.clean[i]);
        }
    }

    @Test
    void quantised_values_are_multiples_of_the_step_and_off_by_half_of_it_at_most() {
        Struck struck = Struck.by(new Quantisation(1, Range.of(0.25), Scale.RMS), 1, 1000);

        for (int i = 0; i < 1000; i++) {
            assertThat(struck.window.x[i] / 0.5f).isEqualTo(Math.round(struck.window.x[i] / 0.5f));
            assertThat(Math.abs(struck.added(i))).isLessThanOrEqualTo(0.25f);
        }
    }

    @Test
    void quantisation_of_many_steps_is_noise_of_a_step_over_the_root_of_twelve() {
        Struck struck = Struck.by(new Quantisation(1, Range.of(0.01), Scale.RMS), 1, 1000);

        assertThat(struck.addedRms(0)).isCloseTo(0.02 / Math.sqrt(12), within(0.0003));
    }

    @Test
    void saturation_cuts_off_above_and_below_and_leaves_the_rest() {
        Struck struck = Struck.by(new Saturation(1, Range.of(0.5)), 1, 1000);

        float peak = 0;
        for (float value : struck.clean) {
            peak = Math.max(peak, value);
        }
        for (int i = 0; i < 1000; i++) {
            float expected = Math.max(-0.5f * peak, Math.min(0.5f * peak, struck.clean[i]));
            assertThat(struck.window.x[i]).isCloseTo(expected, within(peak * 1e-3f));
        }
        // a sine is beyond half its peak for two thirds of the time
        assertThat(struck.changed(0) / 1000.0).isCloseTo(2 / 3.0, within(0.03));
    }

    @Test
    void either_strikes_in_one_way_drawn_by_their_chances() {
        Either either = new Either(1, List.of(new Mask(0.25, Range.of(0), Hiding.ZERO), new Stuck(0.75, Range.of(1))));
        int zero = 0;
        for (int seed = 0; seed < 400; seed++) {
            Struck struck = Struck.by(either, 1, 8, 8, seed);
            boolean same = true;
            for (float value : struck.window.x) {
                same &= value == struck.window.x[0];
            }
            assertThat(same).isTrue();
            zero += struck.window.x[0] == 0 ? 1 : 0;
        }

        assertThat(zero).isBetween(70, 130);
        assertThat(new Either(1, List.of()).problems())
                .containsExactly("of is [], needs at least one with a chance above 0");
    }
}
