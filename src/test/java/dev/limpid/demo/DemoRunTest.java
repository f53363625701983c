package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRunTest {
    private static final DemoSpec SPEC = new DemoSpec(Path.of(""), Duration.ofSeconds(14), 1002, 20, 16, true);

    @Test
    void a_short_demo_on_a_real_broker_swaps_models_and_conserves_every_sample() throws InterruptedException {
        // Given
        List<DemoFrame> frames = new ArrayList<>();

        // When
        DemoSummary summary = DemoRun.run(SPEC, frames::add);

        // Then
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.accepted()).isEqualTo(20 * 224 * 250);
        assertThat(summary.cleaned() + summary.imputed() + summary.passedThrough())
                .isEqualTo(summary.accepted());
        assertThat(summary.deadLetters()).isZero();
        assertThat(summary.snrOutDb() - summary.snrInDb()).isGreaterThan(8);
        assertThat(summary.faultsFound()).isGreaterThanOrEqualTo(summary.faultsInjected() - 1);
        SwapSummary swap = summary.swap().orElseThrow();
        assertThat(swap.problem()).isEmpty();
        assertThat(swap.modelBefore()).startsWith("demo:plain@");
        assertThat(summary.model()).startsWith("demo:1@");
        assertThat(swap.series()).isEqualTo(20);
        assertThat(swap.crossFaded()).isPositive();
        assertThat(swap.afterMs()).isPositive();
        assertThat(swap.gainAfterDb()).isGreaterThan(swap.gainBeforeDb() + 1);
        assertThat(frames.stream().flatMap(frame -> frame.event().stream()))
                .singleElement()
                .asString()
                .contains("-- swap of models: demo:plain@", "-> demo:1@", "on all 20 series");
        assertThat(frames.get(frames.size() - 1).picture())
                .anySatisfy(line -> assertThat(plain(line)).contains("▲ on all 20 series"));
        assertThat(frames).isNotEmpty().allSatisfy(frame -> {
            assertThat(frame.picture()).hasSizeLessThan(24);
            assertThat(frame.picture())
                    .allSatisfy(line -> assertThat(plain(line)).hasSizeLessThanOrEqualTo(80));
        });
    }

    @Test
    @Tag("soak")
    void a_better_model_that_another_key_signed_is_refused_and_the_demo_says_why(@TempDir Path folder)
            throws InterruptedException {
        // Given
        Path stranger = folder.resolve("stranger");
        DemoModels.trust(stranger);
        List<DemoFrame> frames = new ArrayList<>();

        // When
        DemoSummary summary = DemoRun.run(SPEC, frames::add, trusted -> stranger);

        // Then
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.swapProblem()).hasValueSatisfying(problem -> assertThat(problem)
                .contains("was refused (signature)", "models.trusted-keys"));
        assertThat(summary.model()).startsWith("demo:plain@");
        assertThat(frames.stream().flatMap(frame -> frame.event().stream()))
                .singleElement()
                .asString()
                .contains("no swap of models");
    }

    /** What stands on the screen: ANSI sequences take no room. */
    private static String plain(String line) {
        return line.replaceAll("\033\\[[0-9;]*m", "");
    }
}
