package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.service.RoundSpec.DriftSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final String ID = "ecg:7@0123456789ab";
    /** Five stretches of two seconds. */
    private static final DriftSpec SPEC = new DriftSpec(Duration.ofSeconds(10), 0.2, 2);

    private final SplittableRandom random = new SplittableRandom(1);
    private DriftWatch watch = watch(new InputStatistics(5, 1, 0, 10));
    private long nowMs = 1_000_000;

    private static DriftWatch watch(InputStatistics inputs) {
        ModelMetadata metadata = new ModelMetadata(
                1,
                "ecg",
                "7",
                "signal",
                8,
                List.of(new ChannelSpec("lead", "mV", 1f)),
                Floats.of(0.2f, 0.4f, 0.8f, 1f, 1.2f, 2f, 3f),
                new ModelMetadata.Training(new TreeMap<>(), 1, List.of(), 1, "code", 1),
                List.of(inputs),
                List.of(),
                new TreeMap<>());
        return new DriftWatch(SPEC, metadata, ID);
    }

    /** A stretch of raw values and scores; what the look behind it says. */
    private Optional<String> stretch(double mean, double deviation, int scoresOutside, String by) {
        Optional<String> said = watch.look(nowMs);
        Block block = new Block(1);
        block.begin(0);
        for (int i = 0; i < 400; i++) {
            block.add((float) (mean + deviation * random.nextGaussian()));
        }
        watch.samples(block);
        for (int i = 0; i < 100; i++) {
            watch.score(i < scoresOutside ? 4f : 1f, by);
        }
        nowMs += 2_000;
        return said;
    }

    private Optional<String> last() {
        return watch.look(nowMs);
    }

    @Test
    void data_as_they_were_are_no_drift() {
        // When
        for (int i = 0; i < 20; i++) {
            assertThat(stretch(5.5, 1.3, 5, ID)).isEmpty();
        }

        // Then
        assertThat(last()).isEmpty();
    }

    @Test
    void ids_of_tokens_have_no_mean_that_could_leave_and_their_scores_have() {
        // Given a model of tokens, as it is written
        watch = watch(new InputStatistics(0, 0, 0, 40));

        // When
        for (int i = 0; i < 10; i++) {
            assertThat(stretch(20, 5, 10, ID)).isEmpty();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(stretch(20, 5, 30, ID)).isEmpty();
        }

        // Then
        assertThat(last())
                .hasValueSatisfying(why -> assertThat(why).contains("scores lie beyond the 1 and 99 % quantiles"));
    }

    @Test
    void a_mean_that_left_must_stay_out_for_as_long_as_is_said() {
        // When it comes back after four stretches of five, and then goes for good
        for (int i = 0; i < 4; i++) {
            assertThat(stretch(9, 1, 0, ID)).isEmpty();
        }
        assertThat(stretch(5, 1, 0, ID)).isEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(stretch(9, 1, 0, ID)).isEmpty();
        }

        // Then
        assertThat(last())
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("lead has mean ").endsWith("was trained on 5.000 and 1.000"));
        assertThat(last()).isEmpty();
    }

    @Test
    void it_is_over_when_data_have_been_as_they_were_for_as_long_and_silence_is_not_that() {
        // When
        for (int i = 0; i < 6; i++) {
            stretch(9, 1, 0, ID);
        }
        boolean drifting = watch.over();
        for (int i = 0; i < 4; i++) {
            stretch(5, 1, 0, ID);
        }
        for (int i = 0; i < 5; i++) {
            last();
            nowMs += 2_000;
        }
        boolean silent = watch.over();
        stretch(5, 1, 0, ID);
        last();

        // Then
        assertThat(drifting).isFalse();
        assertThat(silent).isFalse();
        assertThat(watch.over()).isTrue();
    }

    @Test
    void scores_count_only_if_the_model_in_force_made_them() {
        // When another's scores are high
        for (int i = 0; i < 6; i++) {
            assertThat(stretch(5, 1, 50, "ecg:6@ffffffffffff")).isEmpty();
        }
        assertThat(last()).isEmpty();

        // When its own are
        for (int i = 0; i < 5; i++) {
            assertThat(stretch(5, 1, 50, ID)).isEmpty();
        }

        // Then
        assertThat(last()).contains("50 of 100 scores lie beyond the 1 and 99 % quantiles of " + ID);
    }

    @Test
    void a_channel_that_fell_silent_or_swings_less_is_drift_for_a_model_that_knows_its_inputs_only() {
        // When
        for (int i = 0; i < 5; i++) {
            assertThat(stretch(5, 0.3, 0, ID)).isEmpty();
        }
        Optional<String> known = last();
        watch = watch(new InputStatistics(0, 1, -Float.MAX_VALUE, Float.MAX_VALUE));
        for (int i = 0; i < 5; i++) {
            assertThat(stretch(500, 0.3, 0, ID)).isEmpty();
        }

        // Then
        assertThat(known).isPresent();
        assertThat(last()).isEmpty();
    }
}
