package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapAddTest {
    private record Added(long start, float[] window, long from, long to) {}

    @Test
    void what_no_window_knows_is_not_a_number_and_what_one_knows_is_its_value() {
        // Given two channels, of which the first two windows know only the first, and the third both
        OverlapAdd overlap = new OverlapAdd(2, 16);
        overlap.room(0, 12);
        float[] weights = {1, 1, 1, 1, 1, 1};
        float none = Float.NaN;
        float[] half = {3, 3, 3, 3, 3, 3, none, none, none, none, none, none};
        float[] whole = {3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 7};

        // When
        overlap.addKnown(0, half, weights, 0, 6);
        overlap.addKnown(2, half, weights, 2, 8);
        overlap.add(4, whole, weights, 4, 10);

        // Then
        for (int slot = 0; slot < 10; slot++) {
            assertThat(overlap.mean(slot, 0)).as("slot %d", slot).isEqualTo(3f);
            assertThat(overlap.mean(slot, 1))
                    .as("slot %d", slot)
                    .isEqualTo(slot < 4 ? Float.valueOf(none) : Float.valueOf(7));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_the_weighted_mean_over_the_windows_that_cover_a_slot(long seed) {
        // Given
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(3);
        int length = 1 + random.nextInt(20);
        int hop = 1 + random.nextInt(length);
        float[] weights = Taper.weights(length);
        OverlapAdd overlap = new OverlapAdd(channels, 1 + random.nextInt(2 * length));
        List<Added> added = new ArrayList<>();
        long base = random.nextInt(1000);

        for (int k = 0; k < 50; k++) {
            // When
            long start = base + (long) k * hop;
            if (overlap.fits(start + length)) {
                overlap.extend(start + length);
            } else {
                overlap.room(start, start + length);
            }
            long from = Math.max(overlap.from(), start + random.nextInt(length));
            long to = from + random.nextInt((int) (start + length - from) + 1);
            float[] window = new float[channels * length];
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) random.nextGaussian();
            }
            overlap.add(start, window, weights, from, to);
            added.add(new Added(start, window, from, to));

            // Then
            for (long slot = start; slot < start + length; slot++) {
                same(overlap, added, slot, channels, weights);
            }
        }
    }

    private static void same(OverlapAdd overlap, List<Added> added, long slot, int channels, float[] weights) {
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double total = 0;
            for (Added one : added) {
                if (slot >= one.from && slot < one.to) {
                    int t = (int) (slot - one.start);
                    sum += (double) weights[t] * one.window[c * weights.length + t];
                    total += weights[t];
                }
            }
            assertThat(overlap.covered(slot)).isEqualTo(total > 0);
            if (total > 0) {
                assertThat((double) overlap.mean(slot, c)).isCloseTo(sum / total, within(1e-5));
            }
        }
    }

    @Test
    void windows_that_agree_give_their_value_to_the_bit() {
        // Given
        float[] weights = Taper.weights(7);
        OverlapAdd overlap = new OverlapAdd(1, 7);
        overlap.extend(7);
        float[] window = {0.1f, -0f, 1e-40f, 1e38f, -1e38f, 3.3333f, 7f};

        // When
        for (int i = 0; i < 5; i++) {
            overlap.add(0, window, weights, 0, 7);
        }

        // Then
        for (int t = 0; t < 7; t++) {
            assertThat(overlap.mean(t, 0)).isEqualTo(window[t] + 0f);
        }
    }

    @Test
    void the_largest_values_that_disagree_stay_finite() {
        // Given
        OverlapAdd overlap = new OverlapAdd(1, 2);
        overlap.extend(1);

        // When
        overlap.add(0, new float[] {OverlapAdd.LARGEST}, new float[] {1f}, 0, 1);
        overlap.add(0, new float[] {-OverlapAdd.LARGEST}, new float[] {1f}, 0, 1);

        // Then
        assertThat(overlap.mean(0, 0)).isZero();
        assertThat(OverlapAdd.addable(new float[] {OverlapAdd.LARGEST, -OverlapAdd.LARGEST}, new float[2]))
                .isTrue();
        assertThat(OverlapAdd.addable(new float[] {1.1e38f}, new float[1])).isFalse();
        assertThat(OverlapAdd.addable(new float[] {Float.NaN}, new float[1])).isFalse();
    }

    @ParameterizedTest(name = "length {0}")
    @ValueSource(ints = {1, 2, 3, 256, 8191})
    void a_taper_is_positive_and_symmetric(int length) {
        // When
        float[] weights = Taper.weights(length);

        // Then
        for (int i = 0; i < length; i++) {
            assertThat(weights[i]).isPositive().isLessThanOrEqualTo(1f).isEqualTo(weights[length - 1 - i]);
        }
    }
}
