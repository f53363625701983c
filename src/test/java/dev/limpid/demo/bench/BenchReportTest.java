package dev.limpid.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.demo.bench.BenchRow.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final BenchCase LAYOUT = BenchCase.of("blocks-json");

    private static Run run(Mode mode, int round, double cpuSeconds) {
        return new Run(mode, round, new Measurement(256_000_000, 20, 128_000_000, 10, cpuSeconds, 0), 7);
    }

    /** The machine is twice as slow in round 2; only within a round are figures comparable. */
    private static final List<Run> RUNS = List.of(
            run(Mode.LOOP, 1, 10), run(Mode.LIMPID_HOP, 1, 11),
            run(Mode.LOOP, 2, 20), run(Mode.LIMPID_HOP, 2, 24),
            run(Mode.LOOP, 3, 10), run(Mode.LIMPID_HOP, 3, 13));

    @Test
    void the_ratio_to_the_loop_is_the_median_of_the_ratios_within_a_round() {
        BenchRow row = BenchRow.of(Mode.LIMPID_HOP, LAYOUT, RUNS);

        assertThat(row.ratioToLoop()).isEqualTo(1.2);
        assertThat(row.recordsPerSecond()).isEqualTo(100_000);
        assertThat(row.cpuSecondsPerMillionSamples()).isEqualTo(13 / 128.0);
    }

    @Test
    void json_has_the_documented_fields_and_keeps_references_apart() throws Exception {
        // Given
        List<BenchRow> rows = List.of(
                BenchRow.of(Mode.LIMPID_HOP, LAYOUT, RUNS),
                BenchRow.of(Mode.PER_SAMPLE_STORE, LAYOUT, List.of(run(Mode.PER_SAMPLE_STORE, 1, 50))));

        // When
        JsonNode document = new ObjectMapper().readTree(BenchReport.json(rows, List.of()));

        // Then
        assertThat(document.path("results")).hasSize(1);
        JsonNode row = document.path("results").get(0);
        assertThat(row.path("mode").asText()).isEqualTo("limpid-hop");
        assertThat(row.path("shape").asText()).isEqualTo("blocks");
        assertThat(row.path("format").asText()).isEqualTo("json");
        assertThat(row.path("recordsPerSecond").asDouble()).isEqualTo(100_000);
        assertThat(row.path("cpuSecondsPerMillionSamples").asDouble()).isEqualTo(13 / 128.0);
        assertThat(row.path("ratioToLoop").asDouble()).isEqualTo(1.2);
        assertThat(document.path("references").get(0).path("ratioToLoop").isNull())
                .isTrue();
    }

    @Test
    void a_table_has_a_line_per_row() {
        assertThat(BenchReport.table(List.of(BenchRow.of(Mode.LOOP, LAYOUT, RUNS)), List.of())
                        .lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("loop", "blocks", "json", "1.00");
    }
}
