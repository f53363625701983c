package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static ModelSpec model(boolean error) {
        return new ModelSpec(
                new ModelId("m", "1", "ab"),
                2,
                List.of(new ChannelSpec("a", "mV", 2f), new ChannelSpec("b", "mV", 0.5f)),
                true,
                error,
                Floats.of());
    }

    @Test
    void the_score_is_the_root_mean_square_of_the_scaled_residual_over_observed_values() {
        // Given: residuals 2, 4 over scale 2, and 1 over scale 0.5; the fourth value is missing
        Scorer scorer = new Scorer(2, 2);
        float[] x = {3, 5, 2, 0};
        float[] observed = {1, 1, 1, 0};
        float[] clean = {1, 1, 1, 99};

        // When
        float score = scorer.score(model(false), x, observed, clean);

        // Then: (1 + 4 + 4) / 3
        assertThat(score).isCloseTo((float) Math.sqrt(3), within(1e-6f));
        assertThat(scorer.shares().at(0)).isCloseTo(5f / 9, within(1e-6f));
        assertThat(scorer.shares().at(1)).isCloseTo(4f / 9, within(1e-6f));
    }

    @Test
    void a_model_with_an_error_output_is_scored_by_it_alone() {
        // Given
        Scorer scorer = new Scorer(2, 2);

        // When
        float score = scorer.score(
                model(true), new float[] {9, 9, 9, 9}, new float[] {1, 1, 1, 0}, new float[] {1, 2, 2, Float.NaN});

        // Then
        assertThat(score).isCloseTo((float) Math.sqrt(3), within(1e-6f));
    }

    @Test
    void a_window_without_residual_scores_zero_and_has_equal_shares() {
        // Given
        Scorer scorer = new Scorer(2, 2);

        // When
        float score = scorer.score(model(false), new float[4], new float[] {1, 1, 1, 1}, new float[4]);

        // Then
        assertThat(score).isZero();
        assertThat(scorer.shares()).isEqualTo(Floats.of(0.5f, 0.5f));
    }
}
