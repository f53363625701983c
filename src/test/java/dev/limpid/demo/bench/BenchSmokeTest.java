package dev.limpid.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("soak")
class BenchSmokeTest {
    @Test
    void every_mode_does_the_same_work_on_a_broker() throws Exception {
        // Given
        BenchOptions options = new BenchOptions(
                1,
                1,
                List.of(Mode.values()),
                List.of(BenchCase.of("samples-json")),
                0,
                100,
                4,
                100,
                "models/bench.onnx",
                List.of());

        // When each mode's output is checked against what it had to be
        List<BenchRow> rows = new Bench(options, line -> {}).run();

        // Then
        assertThat(rows).hasSize(Mode.values().length).allSatisfy(row -> {
            assertThat(row.outputRecords()).isPositive();
            assertThat(row.recordsPerSecond()).isPositive();
        });
    }
}
