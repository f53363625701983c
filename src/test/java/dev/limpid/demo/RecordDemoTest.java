package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.frames.FrameDemo;
import dev.limpid.demo.frames.FrameSummary;
import dev.limpid.demo.tokens.ShopDemo;
import dev.limpid.demo.tokens.ShopSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demos of frames and tokens, as {@code limpid demo --kind} runs them, for a few seconds. */
@Timeout(120)
class RecordDemoTest {
    private static final Duration LASTING = Duration.ofSeconds(6);

    @TempDir
    Path state;

    private final List<String> lines = new ArrayList<>();

    @Test
    void every_picture_comes_back_and_they_come_back_better() throws Exception {
        // When
        FrameSummary summary = FrameDemo.run(new FrameDemo.Spec(Path.of(""), state, LASTING, 42, 8), lines::add);

        // Then
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.deadLetters()).isPositive();
        assertThat(summary.psnrOutDb()).isGreaterThan(summary.psnrInDb() + 3);
        assertThat(lines).isNotEmpty().last().asString().contains("dB out");
    }

    @Test
    void every_click_comes_back_and_lost_ones_are_filled_in() throws Exception {
        // When
        ShopSummary summary = ShopDemo.run(new ShopDemo.Spec(Path.of(""), state, LASTING, 42), lines::add);

        // Then
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.deadLetters()).isPositive();
        assertThat(2 * summary.lost().part()).isGreaterThan(summary.lost().of());
        assertThat(summary.members()).containsKeys("alertsOfLoop", "alertsOfForeign", "falseAlarms");
        assertThat(lines).isNotEmpty().last().asString().contains("clicks restored");
    }
}
