package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoRunTest {
    @Test
    void a_short_demo_on_a_real_broker_conserves_every_sample() throws InterruptedException {
        // Given
        DemoSpec spec = new DemoSpec(Path.of(""), Duration.ofSeconds(9), 1002, 20, 20);
        List<DemoFrame> frames = new ArrayList<>();

        // When
        DemoSummary summary = DemoRun.run(spec, frames::add);

        // Then
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.accepted()).isEqualTo(20 * 180 * 250);
        assertThat(summary.cleaned() + summary.imputed() + summary.passedThrough())
                .isEqualTo(summary.accepted());
        assertThat(summary.deadLetters()).isZero();
        assertThat(summary.snrOutDb() - summary.snrInDb()).isGreaterThan(8);
        assertThat(summary.faultsFound()).isGreaterThanOrEqualTo(summary.faultsInjected() - 1);
        assertThat(summary.model()).startsWith("demo:");
        assertThat(frames).isNotEmpty().allSatisfy(frame -> {
            assertThat(frame.picture()).hasSizeLessThan(24);
            assertThat(frame.picture())
                    .allSatisfy(line -> assertThat(visible(line)).isLessThanOrEqualTo(80));
        });
    }

    /** Characters on the screen: ANSI sequences take no room. */
    private static int visible(String line) {
        return line.replaceAll("\033\\[[0-9;]*m", "").length();
    }
}
