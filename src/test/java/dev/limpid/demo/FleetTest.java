package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 42, -1, Long.MAX_VALUE})
    void two_faults_of_every_kind_lie_inside_the_run_on_sensors_of_their_own(long seed) {
        // Given
        long simulatedMs = 150_000;

        // When
        Fleet fleet = Fleet.demo(seed, 24, 250, simulatedMs, Optional.empty());

        // Then
        assertThat(fleet.faults()).hasSize(2 * FaultKind.values().length);
        assertThat(fleet.faults().stream().collect(Collectors.groupingBy(Fault::kind, Collectors.counting())))
                .hasSize(FaultKind.values().length)
                .allSatisfy((kind, count) -> assertThat(count).isEqualTo(2));
        assertThat(fleet.faults().stream().map(Fault::sensor)).doesNotHaveDuplicates();
        assertThat(fleet.faults()).allSatisfy(fault -> {
            assertThat(fault.startMs()).isGreaterThanOrEqualTo(Fleet.FIRST_FAULT_MS);
            assertThat(fault.endMs()).isLessThanOrEqualTo(simulatedMs * 9 / 10).isGreaterThan(fault.startMs());
        });
    }

    @ParameterizedTest(name = "seed {0}, {1} s at {2} times real time")
    @CsvSource({"0, 60, 10", "1, 60, 10", "42, 60, 10", "2, 20, 10", "3, 14, 16", "-1, 300, 1"})
    void no_fault_lasts_while_the_model_changes(long seed, int seconds, double speed) {
        // Given
        SwapPlan plan = SwapPlan.of(seconds * 1000, speed).orElseThrow();
        long simulatedMs = (long) (seconds * 1000 * speed);

        // When
        Fleet fleet = Fleet.demo(seed, 24, 250, simulatedMs, Optional.of(plan));

        // Then
        assertThat(plan.atMs()).isEqualTo(simulatedMs / 2).isBetween(plan.quietFromMs(), plan.quietToMs());
        assertThat(fleet.faults()).hasSize(2 * FaultKind.values().length).allSatisfy(fault -> {
            assertThat(fault.endMs() <= plan.quietFromMs() || fault.startMs() >= plan.quietToMs())
                    .as("%s", fault)
                    .isTrue();
            assertThat(fault.startMs()).isGreaterThanOrEqualTo(Fleet.FIRST_FAULT_MS);
            assertThat(fault.endMs()).isLessThanOrEqualTo(simulatedMs * 9 / 10);
        });
    }

    @Test
    void a_run_of_a_minute_has_faults_before_and_after_the_change_of_models() {
        // Given
        SwapPlan plan = SwapPlan.of(60_000, 10).orElseThrow();

        // When
        List<Fault> faults = Fleet.demo(42, 32, 250, 600_000, Optional.of(plan)).faults();

        // Then
        assertThat(faults).anyMatch(fault -> fault.endMs() <= plan.quietFromMs());
        assertThat(faults).anyMatch(fault -> fault.startMs() >= plan.quietToMs());
    }

    @Test
    void no_demo_sensor_is_a_training_sensor_even_with_the_same_seed() {
        // Given
        Set<EcgParameters> seen = new HashSet<>();

        // When
        for (long seed = 0; seed < 20; seed++) {
            Fleet.training(seed, 20, 250).sensors().forEach(sensor -> seen.add(sensor.heart()));
        }

        // Then
        assertThat(seen).hasSize(400);
        for (long seed = 0; seed < 20; seed++) {
            assertThat(Fleet.demo(seed, 20, 250, 150_000, Optional.empty()).sensors())
                    .noneMatch(sensor -> seen.contains(sensor.heart()));
        }
    }
}
