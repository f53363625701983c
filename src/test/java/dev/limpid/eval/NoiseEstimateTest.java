package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.signal.Floats;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseEstimateTest {
    private static final int LENGTH = 4096;

    @Test
    void white_noise_is_estimated_under_a_signal_with_few_sharp_details() {
        // Given: a slow wave with a spike now and then, and noise of 0.3
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (5 * Math.sin(i * 0.01) + (i % 200 < 3 ? 20 : 0) + 0.3 * random.nextGaussian());
        }

        // When
        NoiseEstimate noise = NoiseEstimate.of("lead", List.of(Floats.of(values)));

        // Then
        assertThat(noise.sigma()).isCloseTo(0.3, within(0.03));
        assertThat(noise.isColoured()).isFalse();
        assertThat(noise.mismatch()).isEmpty();
    }

    @Test
    void correlated_noise_is_told_with_its_figures_and_a_remedy() {
        // Given
        SplittableRandom random = new SplittableRandom(3);
        float[] walk = new float[LENGTH];
        for (int i = 1; i < LENGTH; i++) {
            walk[i] = (float) (0.95 * walk[i - 1] + random.nextGaussian());
        }

        // When
        NoiseEstimate noise = NoiseEstimate.of("lead", List.of(Floats.of(walk)));

        // Then
        assertThat(noise.colour()).isGreaterThan(1.5);
        assertThat(noise.mismatch().orElseThrow().text())
                .startsWith("correlated noise: by its details lead holds noise of 0.")
                .contains("noisier2noise");
    }

    @Test
    void stretches_count_by_their_length_and_short_ones_not_at_all() {
        float[] quiet = new float[LENGTH];
        float[] loud = new float[2 * LENGTH];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (float) (3 * random.nextGaussian());
        }

        NoiseEstimate noise =
                NoiseEstimate.of("lead", List.of(Floats.of(quiet), Floats.of(loud), Floats.of(new float[] {1, 9, 1})));

        assertThat(noise.sigma()).isCloseTo(2, within(0.1));
    }
}
