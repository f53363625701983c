package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.TrainerStatus.Outcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final long MINUTE_MS = 60_000;

    private final Drift drift = new Drift(Duration.ofMinutes(10), Duration.ofHours(1));

    @Test
    void rounds_read_from_its_beginning_on_until_a_model_is_published() {
        // When
        boolean calls = drift.calls(100 * MINUTE_MS);

        // Then
        assertThat(calls).isTrue();
        assertThat(drift.sinceMs()).isEqualTo(90 * MINUTE_MS);

        // When a round on it fails, one brings nothing, and it is seen again
        drift.heard(Outcome.FAILED, 101 * MINUTE_MS);
        drift.heard(Outcome.NOT_BETTER, 102 * MINUTE_MS);
        drift.calls(200 * MINUTE_MS);

        // Then
        assertThat(drift.sinceMs()).isEqualTo(90 * MINUTE_MS);

        // When
        drift.heard(Outcome.PUBLISHED, 201 * MINUTE_MS);

        // Then
        assertThat(drift.sinceMs()).isZero();
    }

    @Test
    void a_look_reads_until_nothing_comes_or_its_time_is_up_and_knows_whether_it_is_behind() {
        // Given
        Iterator<Integer> polls = List.of(500, 500, 30, 0).iterator();

        // Then
        assertThat(DriftLookout.behind(polls::next, Duration.ofMinutes(1))).isFalse();
        assertThat(polls.hasNext()).isFalse();
        assertThat(DriftLookout.behind(() -> 500, Duration.ofMillis(20))).isTrue();
        assertThat(DriftLookout.behind(() -> 3, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void one_that_ended_by_itself_says_nothing_of_when_the_next_began() {
        // Given
        drift.calls(100 * MINUTE_MS);
        drift.heard(Outcome.NOT_BETTER, 101 * MINUTE_MS);

        // When
        drift.over();

        // Then
        assertThat(drift.sinceMs()).isZero();
        assertThat(drift.calls(102 * MINUTE_MS)).isTrue();
        assertThat(drift.sinceMs()).isEqualTo(92 * MINUTE_MS);
    }

    @Test
    void after_rounds_that_bring_nothing_it_calls_ever_less_often_but_no_less_than_a_round_is_due_anyway() {
        // Given
        drift.calls(0);
        long nowMs = 0;

        // Then
        for (int minutes : new int[] {20, 40, 60, 60}) {
            drift.heard(Outcome.TOO_LITTLE, nowMs);
            assertThat(drift.calls(nowMs + minutes * MINUTE_MS - 1)).isFalse();
            nowMs += minutes * MINUTE_MS;
            assertThat(drift.calls(nowMs)).isTrue();
        }
    }
}
