package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.ModelWatch.Side;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelWatchTest {
    private static final long MS = 1_000_000;

    private final ModelWatch models = new ModelWatch(2);

    @Test
    void a_swap_is_over_when_every_series_has_a_record_by_the_new_model_cross_faded_ones_counted() {
        // Given
        models.record(0, "demo:plain@aa", 0, 1);
        models.record(1, "demo:plain@aa", 0, 2);
        models.announced("demo:1", 10 * MS);

        // When
        List<Side> sides = List.of(
                models.record(0, "demo:plain@aa", 100, 15 * MS),
                models.record(0, "demo:1@bb+", 200, 20 * MS),
                models.record(0, "demo:1@bb", 300, 30 * MS));
        ModelWatch.State half = models.state();
        models.record(1, "demo:1@bb+", 100, 50 * MS);
        models.record(1, "demo:1@bb", 200, 60 * MS);
        ModelWatch.State whole = models.state();

        // Then
        assertThat(sides).containsExactly(Side.BEFORE, Side.BETWEEN, Side.AFTER);
        assertThat(half.everywhere()).isFalse();
        assertThat(half.arrivals()).isEqualTo(1);
        assertThat(half.tookMs()).isNaN();
        assertThat(half.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("1 series"));
        assertThat(whole.tookMs()).isEqualTo(40);
        assertThat(whole.crossFaded()).isEqualTo(2);
        assertThat(whole.firstMs()).isEqualTo(200);
        assertThat(whole.before()).contains("demo:plain@aa");
        assertThat(whole.after()).contains("demo:1@bb");
        assertThat(whole.newest()).isEqualTo("demo:1@bb");
        assertThat(whole.problem()).isEmpty();
    }

    @Test
    void a_record_that_no_window_answered_stands_on_no_side() {
        // Given
        models.record(0, "demo:plain@aa", 0, 1);

        // When
        Side side = models.record(0, null, 100, 2);

        // Then
        assertThat(side).isEqualTo(Side.BETWEEN);
        assertThat(models.state().newest()).isEqualTo("demo:plain@aa");
    }

    @Test
    void a_refusal_and_a_roll_back_are_problems_even_if_records_came_by_the_new_model() {
        // Given
        models.announced("demo:1", 1);
        for (int sensor = 0; sensor < 2; sensor++) {
            models.record(sensor, "demo:plain@aa", 0, 1);
            models.record(sensor, "demo:1@bb", 100, 2);
        }

        // When
        models.told(status(Verdict.IN_FORCE, Optional.empty(), ""));
        Optional<String> none = models.state().problem();
        models.told(status(Verdict.ROLLED_BACK, Optional.of("trial"), "12 of 1000 windows failed"));

        // Then
        assertThat(none).isEmpty();
        assertThat(models.state().problem()).contains("demo:1@bb was rolled back (trial): 12 of 1000 windows failed");
    }

    private static ModelStatus status(Verdict verdict, Optional<String> check, String reason) {
        return new ModelStatus("demo", "demo", "demo", "demo:plain@aa", 1, "demo:1@bb", verdict, check, reason, 1, 1);
    }

    @Test
    void a_better_model_is_awaited_until_it_is_announced_or_cannot_be() {
        // Given
        ModelWatch announced = new ModelWatch(2);
        ModelWatch none = new ModelWatch(2);
        boolean before = announced.awaited() && none.awaited();

        // When
        announced.announced("demo:1", 0);
        none.trouble("nothing was trained");

        // Then
        assertThat(before).isTrue();
        assertThat(announced.awaited()).isFalse();
        assertThat(none.awaited()).isFalse();
    }
}
