package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineRunTest {
    private static final Path HOME = Path.of("");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1000, 1001})
    void the_shipped_model_and_thresholds_clean_the_fleet_and_find_its_faults(long seed) {
        // Given
        long simulatedMs = 180_000;
        Fleet fleet = Fleet.demo(seed, 20, 250, simulatedMs, Optional.empty());
        Definition definition = DemoModels.definition(HOME, Map.of());

        try (ModelSlot slot = new ModelSlot(DemoModels.open(HOME, definition).denoiser())) {
            OfflineRun run = new OfflineRun(fleet, definition.spec(), slot, simulatedMs);

            // When
            run.run();

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

    @Test
    void the_plain_model_does_well_enough_and_the_better_one_takes_over_half_way() {
        // Given: a run with faults on both sides of the swap
        DemoSpec spec = new DemoSpec(HOME, Duration.ofSeconds(60), 1003, 20, 6, true);
        SwapPlan plan = spec.swap().orElseThrow();
        Fleet fleet = Fleet.demo(spec.seed(), 20, 250, spec.simulatedMs(), spec.swap());
        Definition plain = DemoModels.definition(HOME, DemoModels.plain());

        try (ModelSlot slot = new ModelSlot(DemoModels.open(HOME, plain).denoiser())) {
            OfflineRun run = new OfflineRun(fleet, plain.spec(), slot, spec.simulatedMs());
            run.at(
                    plan.atMs(),
                    () -> slot.install(DemoModels.open(HOME, DemoModels.definition(HOME, Map.of()))
                            .denoiser()));

            // When
            run.run();

            // Then
            Ledger.Figures figures = run.ledger().figures();
            ModelWatch.State models = run.models().state();
            assertThat(models.before().orElseThrow()).startsWith("demo:plain@");
            assertThat(models.after().orElseThrow()).startsWith("demo:1@");
            assertThat(models.everywhere()).isTrue();
            assertThat(models.firstMs()).isBetween(plan.atMs() - 3_000, plan.atMs());
            assertThat(models.crossFaded()).isPositive();
            assertThat(figures.gainBeforeDb()).isGreaterThan(7);
            assertThat(figures.gainAfterDb()).isGreaterThan(figures.gainBeforeDb() + 2);
            assertThat(figures.snrOutDb() - figures.snrInDb()).isGreaterThan(8);
            assertThat(figures.pending() + figures.misplaced()).isZero();
            assertThat(run.findings().foundCount())
                    .isGreaterThanOrEqualTo(fleet.faults().size() - 1);
            assertThat(run.findings().falseAlarms()).hasSizeLessThanOrEqualTo(1);
        }
    }
}
