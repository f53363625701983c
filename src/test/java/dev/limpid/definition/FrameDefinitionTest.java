package dev.limpid.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.Golden;
import dev.limpid.signal.FrameMedian;
import dev.limpid.signal.Kind;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDefinitionTest {
    private static final String SMALL = "pipeline: p\nkind: frame\ninput: {channels: [grey], height: 4, width: 6}\n";

    @Test
    void the_shipped_definition_says_what_it_means() {
        Golden.verify(
                "definition/frames.effective.yaml",
                Effective.yaml(DefinitionLoader.load(Path.of("topology/frames.yaml"), Map.of())));
    }

    @Test
    void every_problem_is_reported_at_once_with_a_remedy() {
        String wrong = new String(Golden.read("definition/wrong-frames.yaml"), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DefinitionLoader.parse("wrong-frames.yaml", wrong, Map.of()))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        refusal -> Golden.verify("definition/wrong-frames.txt", refusal.getMessage() + "\n"));
    }

    @Test
    void a_window_is_so_many_frames_and_the_newest_is_answered_at_once() {
        Definition one = load(SMALL);
        Definition three = load(SMALL + "window: {frames: 3}");

        assertThat(one.kind()).isEqualTo(new Kind.Frame(4, 6, 1));
        assertThat(one.window()).isEqualTo(new WindowSpec(24, 24, 23));
        assertThat(three.kind()).isEqualTo(new Kind.Frame(4, 6, 3));
        assertThat(three.window()).isEqualTo(new WindowSpec(72, 24, 23));
        assertThat(three.window().finalBefore(0)).isEqualTo(72);
    }

    @Test
    void what_is_printed_is_read_back_as_the_same_definition() {
        for (String text : new String[] {
            SMALL,
            SMALL + "window: {frames: 4}\ngaps: {fallback: median 5x5}",
            SMALL.replace("width: 6", "width: 6, format: json, missing: -1, timestamp: field at"),
            SMALL.replace("width: 6", "width: 6, format: image, range: [-1, 1], missing: 0, stuck-after: 30 frames"),
        }) {
            Definition definition = load(text);
            assertThat(load(Effective.yaml(definition))).isEqualTo(definition);
        }
    }

    @Test
    void the_environment_overrides_the_file() {
        Definition definition = DefinitionLoader.parse(
                "p.yaml",
                SMALL,
                Map.of("LIMPID_INPUT_HEIGHT", "8", "LIMPID_WINDOW_FRAMES", "2", "LIMPID_INPUT_RANGE", "[0, 255]"));
        assertThat(definition.kind()).isEqualTo(new Kind.Frame(8, 6, 2));
        assertThat(definition.input().pixels().orElseThrow().high()).isEqualTo(255);
    }

    @Test
    void a_median_stands_in_for_a_model_of_frames() {
        assertThat(load(SMALL + "gaps: {fallback: median 3x3}").spec().fallback())
                .hasValue(new FrameMedian(4, 6, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "f32, 221, 221, true", "f32, 222, 222, false", "u8, 443, 443, true", "u8, 444, 444, false",
        "json, 128, 128, true", "json, 128, 129, false", "image, 443, 443, true", "image, 500, 500, false"
    })
    void a_frame_must_fit_into_a_record_as_it_comes_and_as_a_dead_letter(
            String format, int height, int width, boolean fits) {
        String text = SMALL.replace(
                "height: 4, width: 6", "height: %d, width: %d, format: %s".formatted(height, width, format));
        if (fits) {
            assertThat(load(text)).isNotNull();
        } else {
            assertThatThrownBy(() -> load(text)).hasMessageContaining("smaller frames");
        }
    }

    @Test
    void stuck_pixels_of_a_frame_too_large_to_remember_them_are_refused() {
        String large = SMALL.replace("height: 4, width: 6", "height: %d, width: 300, stuck-after: 30");
        assertThat(load(large.formatted(400)).spec().stuck()).isPresent();
        assertThatThrownBy(() -> load(large.formatted(401)))
                .hasMessageContaining("input.stuck-after: has no room for what it remembers of 120300 values, wanted at"
                        + " most 120000; remove it, or send smaller frames");
    }

    @Test
    void stuck_pixels_are_masked_only_if_it_is_said_after_how_many_frames() {
        assertThat(load(SMALL).spec().stuck()).isEmpty();
        assertThat(load(SMALL.replace("width: 6", "width: 6, stuck-after: 30"))
                        .spec()
                        .stuck())
                .hasValue(new StuckRule(4, 6, 30));
    }

    private static Definition load(String text) {
        return DefinitionLoader.parse("p.yaml", text, Map.of());
    }
}
