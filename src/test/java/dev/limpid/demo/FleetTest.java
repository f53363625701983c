package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 42, -1, Long.MAX_VALUE})
    void two_faults_of_every_kind_lie_inside_the_run_on_sensors_of_their_own(long seed) {
        // Given
        long simulatedMs = 150_000;

        // When
        Fleet fleet = Fleet.demo(seed, 24, 250, simulatedMs);

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
            assertThat(Fleet.demo(seed, 20, 250, 150_000).sensors()).noneMatch(sensor -> seen.contains(sensor.heart()));
        }
    }
}
