package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineRunTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1000, 1001})
    void the_shipped_model_and_thresholds_clean_the_fleet_and_find_its_faults(long seed) {
        // Given
        long simulatedMs = 180_000;
        Fleet fleet = Fleet.demo(seed, 20, 250, simulatedMs);
        Definition definition = DemoRun.definition(Path.of(""), Map.of());

        try (ModelSlot slot = DemoRun.model(Path.of(""), definition)) {
            OfflineRun run = new OfflineRun(fleet, definition.spec(), slot);

            // When
            run.run(simulatedMs);

            // Then
            Ledger.Figures figures = run.ledger().figures();
            assertThat(figures.pending()).isZero();
            assertThat(figures.misplaced()).isZero();
            assertThat(figures.imputed()).isPositive();
            assertThat(figures.snrInDb()).isBetween(1.5, 4.5);
            assertThat(figures.snrOutDb() - figures.snrInDb()).isGreaterThan(8);
            assertThat(run.findings().foundCount())
                    .isGreaterThanOrEqualTo(fleet.faults().size() - 1);
            assertThat(run.findings().falseAlarms()).hasSizeLessThanOrEqualTo(1);
        }
    }
}
