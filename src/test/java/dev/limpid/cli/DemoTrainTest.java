package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.DemoRun;
import dev.limpid.demo.DemoSpec;
import dev.limpid.demo.DemoSummary;
import dev.limpid.demo.SwapSummary;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("soak")
@Timeout(400)
class DemoTrainTest {
    @Test
    void from_a_cold_start_a_model_of_the_fleets_own_gains_at_least_three_decibels_more_than_the_general_one()
            throws Exception {
        // Given
        DemoSpec spec = new DemoSpec(Path.of(""), Duration.ofSeconds(150), 1_004, 20, 8, true);

        // When
        DemoSummary summary = DemoRun.run(spec, frame -> {}, DemoTraining::round);

        // Then
        SwapSummary swap = summary.swap().orElseThrow();
        assertThat(swap.problem()).isEmpty();
        assertThat(swap.modelBefore()).startsWith("any-1d:");
        assertThat(swap.gainAfterDb()).isGreaterThanOrEqualTo(swap.gainBeforeDb() + 3);
        assertThat(summary.conserved()).isTrue();
    }
}
