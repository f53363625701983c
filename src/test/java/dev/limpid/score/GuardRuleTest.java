package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSpec;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With windows of 512 and a hop of 128 six windows bring the filter in, and twelve the model back. */
class GuardRuleTest {
    private static final ModelSpec MODEL = FakeDenoiser.spec("m", "1", 1, 512, true);
    private final GuardRule rule = new GuardRule(new WindowSpec(512, 128, 512));

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** {@code o} out of range, {@code .} in it; gives {@code F} where the filter stands in, {@code .} elsewhere. */
    private String run(String windows) {
        GuardState state = GuardState.NEW;
        StringBuilder stands = new StringBuilder();
        for (int window = 0; window < windows.length(); window++) {
            state = rule.judge(state, window, windows.charAt(window) == 'o', MODEL);
            stands.append(state.fallback() ? 'F' : '.');
        }
        return stands.toString();
    }

    @Test
    void a_series_that_begins_out_of_range_is_met_by_the_filter_at_once() {
        assertThat(run("oo")).isEqualTo("FF");
        assertThat(run(".o")).isEqualTo("..");
    }

    @Test
    void as_many_windows_as_span_one_and_a_half_lengths_bring_the_filter_in() {
        assertThat(run("......" + "oooooo")).isEqualTo("......" + ".....F");
    }

    @Test
    void an_artefact_that_all_windows_over_it_see_does_not() {
        assertThat(run("......" + "ooooo" + ".....")).doesNotContain("F");
    }

    @Test
    void it_comes_back_by_itself_after_twice_as_many() {
        assertThat(run("o" + "............")).isEqualTo("F" + "FFFFFFFFFFF.");
    }

    @Test
    void one_window_on_the_other_side_only_puts_it_off() {
        assertThat(run("......" + "ooo.ooooo")).isEqualTo("......" + ".......F" + "F");
        assertThat(run("o" + ".....o........")).isEqualTo("F" + "FFFFFFFFFFFFF.");
    }

    @Test
    void another_model_begins_anew() {
        // Given: the filter stands in for the one
        GuardState state = rule.judge(GuardState.NEW, 0, true, MODEL);
        ModelSpec other = FakeDenoiser.spec("m", "2", 1, 512, true);

        // When
        GuardState after = rule.judge(state, 1, false, other);

        // Then
        assertThat(state.fallback()).isTrue();
        assertThat(after.fallback()).isFalse();
        assertThat(after.turns()).containsExactly(0L, 1L);
        assertThat(rule.judge(state, 1, true, other).fallback()).isTrue();
    }

    @Test
    void a_model_of_no_known_range_is_trusted_and_leaves_nothing_to_remember() {
        assertThat(rule.trust(GuardState.NEW, 5)).isSameAs(GuardState.NEW);
        GuardState before = rule.judge(GuardState.NEW, 4, true, MODEL);
        assertThat(rule.trust(before, 5).fallback()).isFalse();
        assertThat(rule.trust(before, 5).fallbackIn(4)).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_turns_tell_of_every_window_what_it_was(long seed) {
        // Given
        Random random = new Random(seed);
        GuardState state = GuardState.NEW;
        List<Boolean> was = new ArrayList<>();
        boolean out = false;
        for (int window = 0; window < 200; window++) {
            out ^= random.nextInt(15) == 0;
            state = rule.judge(state, window, out, MODEL);
            was.add(state.fallback());
        }

        // When
        int first = random.nextInt(200);
        GuardState kept = state.after(first);

        // Then
        for (int window = 0; window < 200; window++) {
            assertThat(state.fallbackIn(window)).isEqualTo(was.get(window));
            if (window >= first) {
                assertThat(kept.fallbackIn(window)).isEqualTo(was.get(window));
            }
        }
        assertThat(kept.turns()).allMatch(turn -> turn > first);
    }
}
