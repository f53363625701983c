package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Drift;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Hiding;
import dev.limpid.train.corruption.Mask;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Recorded;
import dev.limpid.train.corruption.Scale;
import dev.limpid.train.corruption.Shuffle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionTest {
    private static final Corruption NONE = new Corruption(0, 0, 0, 0, 0.1, 0.1, 0, 0, 0);

    @Test
    void without_augmentation_a_window_is_a_stretch_of_its_recording() {
        // Given
        float[] ramp = new float[500];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i;
        }
        TrainingData data = new TrainingData(List.of(new Recording("ramp", "", List.of(ramp))), List.of());
        TrainingBatch batch = new TrainingBatch(20, 1, 64);

        // When
        source(data, Augmentation.NONE, NONE, 1).fill(batch);

        // Then
        for (int window = 0; window < 20; window++) {
            int at = batch.at(window, 0);
            for (int i = 0; i < 64; i++) {
                assertThat(batch.target[at + i]).isEqualTo(batch.target[at] + i);
                assertThat(batch.x[at + i]).isEqualTo(batch.target[at + i]);
                assertThat(batch.observed[at + i]).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest(name = "{0} dB")
    @ValueSource(doubles = {-3, 0, 12})
    void recorded_noise_has_the_drawn_ratio_over_many_windows(double snr) {
        // Given
        Corruption corruption = new Corruption(1, snr, snr, 0, 0.1, 0.1, 0, 0, 0);
        TrainingBatch batch = new TrainingBatch(400, 1, 64);

        // When
        source(noisy(), Augmentation.NONE, corruption, 1).fill(batch);

        // Then: by the recording's root mean square, which is 1
        double power = 0;
        for (float value : batch.noise) {
            power += value * value;
        }
        assertThat(-10 * Math.log10(power / batch.noise.length)).isCloseTo(snr, within(0.5));
    }

    @Test
    void gaussian_noise_has_its_standard_deviation() {
        Corruption corruption = new Corruption(0, 0, 0, 1, 0.3, 0.3, 0, 0, 0);
        TrainingBatch batch = new TrainingBatch(200, 1, 64);

        source(noisy(), Augmentation.NONE, corruption, 1).fill(batch);

        double power = 0;
        for (float value : batch.noise) {
            power += value * value;
        }
        assertThat(Math.sqrt(power / batch.noise.length)).isCloseTo(0.3, within(0.01));
    }

    @Test
    void what_is_masked_is_zero_and_not_observed_and_stays_in_the_target() {
        Corruption corruption = new Corruption(1, 0, 0, 1, 0.3, 0.3, 1, 0.5, 1);
        TrainingBatch batch = new TrainingBatch(200, 1, 64);

        source(noisy(), Augmentation.DEFAULT, corruption, 1).fill(batch);

        int missing = 0;
        for (int i = 0; i < batch.x.length; i++) {
            if (batch.observed[i] == 0) {
                missing++;
                assertThat(batch.x[i]).isZero();
                assertThat(batch.target[i]).isNotZero();
            } else {
                assertThat(batch.observed[i]).isEqualTo(1);
                assertThat(batch.x[i]).isEqualTo(batch.target[i] + batch.noise[i]);
            }
        }
        assertThat(missing / (double) batch.x.length).isBetween(0.15, 0.45);
    }

    @Test
    void every_batch_is_fresh_and_the_same_seed_draws_the_same_ones() {
        TrainingBatch first = new TrainingBatch(4, 1, 64);
        TrainingBatch again = new TrainingBatch(4, 1, 64);
        BatchSource source = source(noisy(), Augmentation.DEFAULT, Corruption.DEFAULT, 9);
        source.fill(first);
        float[] before = first.x.clone();

        source.fill(first);
        source(noisy(), Augmentation.DEFAULT, Corruption.DEFAULT, 9).fill(again);

        assertThat(first.x).isNotEqualTo(before);
        assertThat(again.x).isEqualTo(before);
    }

    @Test
    void disturbances_strike_their_share_of_the_windows_and_leave_what_the_mixture_draws_as_it_was() {
        // Given
        Corruption alone = Corruption.DEFAULT;
        Disturbance shift = new Drift(0.25, Range.of(1), Range.of(9), Scale.UNIT);
        TrainingBatch before = new TrainingBatch(400, 1, 64);
        TrainingBatch after = new TrainingBatch(400, 1, 64);

        // When
        source(noisy(), Augmentation.DEFAULT, alone, 3).fill(before);
        source(noisy(), Augmentation.DEFAULT, alone.then(List.of(shift)), 3).fill(after);

        // Then
        assertThat(after.target).isEqualTo(before.target);
        assertThat(after.observed).isEqualTo(before.observed);
        int struck = 0;
        for (int window = 0; window < 400; window++) {
            int from = after.at(window, 0);
            boolean same = Arrays.equals(after.x, from, from + 64, before.x, from, from + 64);
            struck += same ? 0 : 1;
            assertThat(after.weight[window] == before.weight[window]).isEqualTo(same);
        }
        assertThat(struck / 400.0).isCloseTo(0.25, within(0.07));
    }

    @Test
    void what_several_disturbances_make_is_consistent() {
        // Given: one of each kind, one after the other
        Corruption corruption = Corruption.of(List.of(
                new Mask(0.5, Range.of(0.8), Hiding.MISSING),
                new Gaussian(0.5, Range.of(0.2), Scale.RMS, Optional.empty()),
                new Shuffle(0.5, Range.of(3)),
                new Recorded(0.5, "hum.csv", Range.of(6))));
        TrainingData plain = noisy();
        TrainingData data = new TrainingData(plain.clean(), List.of(), new TreeMap<>(Map.of("hum.csv", plain.noise())));
        TrainingBatch batch = new TrainingBatch(200, 1, 64);

        // When
        source(data, Augmentation.DEFAULT, corruption, 1).fill(batch);

        // Then
        int missing = 0;
        for (int i = 0; i < batch.x.length; i++) {
            if (batch.observed[i] == 0) {
                missing++;
                assertThat(batch.x[i]).isZero();
            } else {
                assertThat(batch.x[i]).isCloseTo(batch.target[i] + batch.noise[i], within(1e-6f));
            }
        }
        assertThat(missing / (double) batch.x.length).isCloseTo(0.1, within(0.03));
    }

    @Test
    void interpolation_meets_the_samples_and_a_parabola_between_them() {
        // Given
        float[] square = {0, 1, 4, 9, 16, 25, 36, 49};
        float[] out = new float[9];

        // When
        Interpolation.add(square, 1, 0.5, 2, out, 0, 9);

        // Then
        for (int i = 0; i < 9; i++) {
            assertThat(out[i]).isCloseTo((float) (2 * Math.pow(1 + i * 0.5, 2)), within(1e-5f));
        }
    }

    /** Signal and noise of root mean square 1. */
    private static TrainingData noisy() {
        float[] square = new float[3000];
        float[] hum = new float[3000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 50 % 2 == 0 ? 1 : -1;
            // slow enough to be read between its samples without loss
            hum[i] = (float) (Math.sqrt(2) * Math.sin(i * 0.2));
        }
        return new TrainingData(
                List.of(new Recording("square", "", List.of(square))), List.of(new Recording("hum", "", List.of(hum))));
    }

    private static BatchSource source(TrainingData data, Augmentation augmentation, Corruption corruption, long seed) {
        TrainSpec spec = new TrainSpec(
                "corrupted",
                "1",
                List.of("c"),
                "",
                64,
                Dense.DEFAULT,
                Schedule.DEFAULT,
                corruption,
                augmentation,
                0.1,
                seed);
        return new BatchSource(data, spec, augmentation, seed);
    }
}
