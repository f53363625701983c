package dev.limpid.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.TrainerStatus.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    private static TrainerStatus told(Outcome outcome, Optional<Judged> judged, long startedMs, long atMs) {
        return new TrainerStatus("p", "a", "ecg", outcome, "ecg:1@0", "", judged, "", startedMs, atMs);
    }

    @Test
    void they_say_what_rounds_came_to_and_when_one_last_succeeded() {
        try (Telemetry telemetry = new Telemetry()) {
            // Given
            TrainerMeters meters = telemetry.trainer("p", 1_000);
            meters.state(() -> true, Duration.ofHours(6));
            Judged judged = new Judged(0.5, 0.4, 0.2, 0.125, 0.25, 120, 32);

            // When
            String before = telemetry.scrape();
            meters.ended(told(Outcome.NOT_BETTER, Optional.of(judged), 10_000, 12_500), 700);
            meters.ended(told(Outcome.FAILED, Optional.empty(), 20_000, 21_000), 50);
            String after = telemetry.scrape();

            // Then
            assertThat(before)
                    .contains("limpid_trainer_rounds_total{outcome=\"failed\",pipeline=\"p\"} 0.0")
                    .contains("limpid_trainer_success_timestamp_seconds{pipeline=\"p\"} 1.0")
                    .contains("limpid_trainer_error_ratio{bound=\"low\",pipeline=\"p\"} NaN");
            assertThat(after)
                    .contains("limpid_trainer_rounds_total{outcome=\"not-better\",pipeline=\"p\"} 1.0")
                    .contains("limpid_trainer_rounds_total{outcome=\"failed\",pipeline=\"p\"} 1.0")
                    .contains("limpid_trainer_error_ratio{bound=\"estimate\",pipeline=\"p\"} 0.8")
                    .contains("limpid_trainer_error_ratio{bound=\"low\",pipeline=\"p\"} 0.75")
                    .contains("limpid_trainer_error_ratio{bound=\"high\",pipeline=\"p\"} 0.875")
                    .contains("limpid_trainer_round_seconds{pipeline=\"p\"} 1.0")
                    .contains("limpid_trainer_samples_read_total{pipeline=\"p\"} 750.0")
                    .contains("limpid_trainer_success_timestamp_seconds{pipeline=\"p\"} 12.5")
                    .contains("limpid_trainer_elected{pipeline=\"p\"} 1.0")
                    .contains("limpid_trainer_every_seconds{pipeline=\"p\"} 21600.0");
        }
    }
}
