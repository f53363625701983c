package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertJudgeTest {
    private final AlertJudge judge = new AlertJudge(List.of(new Fault(FaultKind.FLAT_LINE, 3, 20_000, 30_000, 0)));

    @ParameterizedTest(name = "an alert over {0} to {1} ms finds it: {2}")
    @CsvSource({
        "15000, 17999, false",
        "15000, 18000, true",
        "22000, 24000, true",
        "32000, 34000, true",
        "32001, 34000, false",
    })
    void a_fault_is_found_by_an_alert_within_two_seconds_of_it(long startMs, long atMs, boolean found) {
        // When
        judge.raised(3, startMs, atMs);

        // Then
        assertThat(judge.found(0)).isEqualTo(found);
        assertThat(judge.falseAlarms()).hasSize(found ? 0 : 1);
    }

    @Test
    void an_alert_of_another_sensor_is_false() {
        // When
        judge.raised(4, 22_000, 24_000);

        // Then
        assertThat(judge.found()).isZero();
        assertThat(judge.falseAlarms()).containsExactly("sensor 4 at 24 s");
    }
}
