package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.DemoFrame;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String GREEN = "\033[32m";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void a_terminal_without_colours_gets_the_same_picture_and_no_colour() {
        // Given
        DemoFrame frame = new DemoFrame(List.of(GREEN + "▆▆\033[0m", "plain"), "line", Optional.of("event"));

        // When
        new Screen(out, true, false).show(frame);

        // Then
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("▆▆", "plain")
                .doesNotContain(GREEN, "\033[0m", "line", "event");
    }

    @Test
    void where_nobody_watches_an_event_is_told_at_once_and_a_line_every_few_seconds() {
        // Given
        Screen screen = new Screen(out, false, true);

        // When
        screen.show(new DemoFrame(List.of(GREEN + "picture"), "first", Optional.empty()));
        screen.show(new DemoFrame(List.of(GREEN + "picture"), "second", Optional.of("swap")));

        // Then
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("first", "swap");
    }
}
