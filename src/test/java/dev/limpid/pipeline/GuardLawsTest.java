package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every input with a fallback, whose filter comes and goes all the time; {@code -Dseeds=1000} for more. */
class GuardLawsTest {
    static LongStream seeds() {
        return Scenario.seeds();
    }

    @Test
    void the_scenarios_have_both_and_turns_between() {
        long fallback = 0;
        long cleaned = 0;
        int mixed = 0;
        for (long seed = 0; seed < 40; seed++) {
            Tally tally = Scenario.of(seed).guarded().run().tally();
            fallback += tally.fallback();
            cleaned += tally.cleaned();
            mixed += tally.fallback() > 20 && tally.cleaned() > 20 ? 1 : 0;
        }
        assertThat(fallback).isGreaterThan(5_000);
        assertThat(cleaned).isGreaterThan(5_000);
        assertThat(mixed).isGreaterThan(15);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_sample_leaves_once_and_what_needs_no_model_is_as_without(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).with(Granularity.RECORD);

        // When
        Scenario.Result guarded = scenario.guarded().run();

        // Then
        Scenario.Result without = scenario.run();
        assertThat(guarded.out().records).isEqualTo(without.out().records);
        assertThat(guarded.out().scores).isEqualTo(without.out().scores);
        assertThat(guarded.out().alerts).isEqualTo(without.out().alerts);
        assertThat(guarded.out().failed).hasSameSizeAs(without.out().failed);
        Tally tally = guarded.tally();
        assertThat(tally.pending()).isZero();
        assertThat(tally.accepted())
                .isEqualTo(tally.cleaned() + tally.imputed() + tally.fallback() + tally.passedThrough());
        guarded.out().samples.forEach((key, samples) -> {
            List<Recorder.Out> others = without.out().samples.get(key);
            for (int i = 0; i < samples.size(); i++) {
                Quality quality = samples.get(i).quality();
                Quality other = others.get(i).quality();
                assertThat(quality == other
                                || (quality == Quality.FALLBACK && (!other.passedThrough() || other == Quality.FAILED)))
                        .as("%s, sample %d: %s, without %s", key, i, quality, other)
                        .isTrue();
                if (quality != Quality.FALLBACK) {
                    assertThat(samples.get(i).clean()).isEqualTo(others.get(i).clean());
                }
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_restart_in_the_middle_of_a_fallback_is_no_restart(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).guarded();
        Random random = new Random(seed);
        double often = random.nextDouble();

        // When
        Scenario.Result restarted = scenario.run(input -> false, input -> random.nextDouble() < often);

        // Then
        PipelineLawsTest.sameLines(restarted, scenario.run());
        assertThat(restarted.tally().pending()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neither_the_batch_size_nor_the_commits_show(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).guarded();
        Random random = new Random(seed);

        // When
        Scenario.Result single = scenario.with(1).run();
        Scenario.Result large = scenario.with(64).run(input -> random.nextInt(9) == 0, input -> false);

        // Then
        PipelineLawsTest.sameLines(large, single);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_chunking_of_the_same_samples_gives_the_same_values(long seed) {
        // Given: one series, its samples one by one, and in the blocks in which they came
        Scenario scenario = Scenario.of(seed).guarded();
        int channels = scenario.spec().channels().size();
        double rate = scenario.spec().sampleRateHz();
        double stepMs = rate == 0 ? 0 : 1000 / rate;
        SeriesKey key = scenario.inputs().get(0).series();
        List<Scenario.Input> singles = new ArrayList<>();
        List<Scenario.Input> blocks = new ArrayList<>();
        for (Scenario.Input input : scenario.inputs()) {
            if (input.series().equals(key)) {
                blocks.add(new Scenario.Input(blocks.size(), key, input.timestampMs(), input.values()));
                for (int i = 0; i < input.values().length / channels; i++) {
                    float[] values = Arrays.copyOfRange(input.values(), i * channels, (i + 1) * channels);
                    long ms = Math.round(input.timestampMs() + i * stepMs);
                    singles.add(new Scenario.Input(singles.size(), key, ms, values));
                }
            }
        }

        // When
        Scenario.Result alone = scenario.with(singles).run();
        Scenario.Result together = scenario.with(blocks).run();

        // Then
        assertThat(texts(together, key)).isEqualTo(texts(alone, key));
    }

    private static List<String> texts(Scenario.Result result, SeriesKey key) {
        return result.out().samples.getOrDefault(key, List.of()).stream()
                .map(out -> out.timestampMs() + " " + out.quality() + " " + Arrays.toString(out.clean()))
                .toList();
    }
}
