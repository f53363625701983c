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

/** What holds for every input of tokens, each shown on many random ones; {@code -Dseeds=1000} for more. */
class TokenLawsTest {
    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_token_leaves_once_in_order_with_the_id_of_the_obvious_twin(long seed) {
        // Given
        TokenScenario scenario = TokenScenario.of(seed);
        NaiveTokens naive = NaiveTokens.run(scenario);

        // When
        Scenario.Result result = scenario.run();

        // Then
        int tokens = 0;
        for (SeriesKey key : keys(scenario)) {
            List<Integer> sent = new ArrayList<>();
            scenario.inputs().stream().filter(i -> i.series().equals(key)).forEach(i -> sent.add(i.number()));
            assertThat(result.out().records.get(key)).isEqualTo(sent);
            List<NaiveTokens.Token> got = result.out().samples.get(key).stream()
                    .map(out -> new NaiveTokens.Token(
                            (int) out.raw()[0],
                            (int) out.clean()[0],
                            out.quality(),
                            out.missingBefore(),
                            out.missingCount()))
                    .toList();
            assertThat(got).isEqualTo(naive.tokens(key));
            List<Float> scores = result.out().scoresBySeries.get(key).stream()
                    .map(score -> score.score())
                    .toList();
            assertThat(scores).isEqualTo(naive.scores(key));
            tokens += got.size();
        }
        Tally tally = result.tally();
        assertThat(tally.accepted()).isEqualTo(tokens);
        assertThat(tally.pending()).isZero();
        assertThat(tally.cleaned() + tally.imputed() + tally.replaced() + tally.passedThrough())
                .isEqualTo(tokens);
        assertThat(tally.unknown())
                .isEqualTo(result.out().samples.values().stream()
                        .flatMap(List::stream)
                        .filter(out -> out.quality() == Quality.UNKNOWN)
                        .count());
    }

    @Test
    void the_scenarios_bring_every_quality_and_every_end() {
        List<Quality> seen = new ArrayList<>();
        List<Class<?>> ends = new ArrayList<>();
        seeds().mapToObj(TokenScenario::of).forEach(scenario -> {
            ends.add(scenario.spec().segmentEnd().getClass());
            scenario.run().out().samples.values().forEach(all -> all.forEach(out -> seen.add(out.quality())));
        });

        assertThat(seen)
                .contains(
                        Quality.CLEANED,
                        Quality.IMPUTED,
                        Quality.REPLACED,
                        Quality.UNKNOWN,
                        Quality.MISSING,
                        Quality.FAILED);
        assertThat(ends).contains(SegmentEnd.class.getPermittedSubclasses());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_restart_at_any_commit_is_no_restart(long seed) {
        // Given
        TokenScenario scenario = TokenScenario.of(seed);
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
        TokenScenario scenario = TokenScenario.of(seed);
        Random random = new Random(seed);

        // When
        Scenario.Result single = scenario.with(1).run();
        Scenario.Result large = scenario.with(64).run(input -> random.nextInt(9) == 0, input -> false);

        // Then
        PipelineLawsTest.sameLines(large, single);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_chunking_of_the_same_tokens_gives_the_same_ids_where_only_gaps_end_a_session(long seed) {
        // Given: one series, its tokens one by one
        TokenScenario scenario = TokenScenario.of(seed).with(SegmentEnd.GAPS);
        SeriesKey key = scenario.inputs().get(0).series();
        List<Scenario.Input> singles = new ArrayList<>();
        List<Scenario.Input> chunks = new ArrayList<>();
        for (Scenario.Input input : scenario.inputs()) {
            if (input.series().equals(key)) {
                chunks.add(input);
                for (float id : input.values()) {
                    singles.add(new Scenario.Input(singles.size(), key, input.timestampMs(), new float[] {id}));
                }
            }
        }

        // When
        Scenario.Result alone = scenario.with(singles).run();
        Scenario.Result together = scenario.with(chunks).run();

        // Then
        assertThat(texts(together, key)).isEqualTo(texts(alone, key));
        assertThat(together.out().scores).isEqualTo(alone.out().scores);
        assertThat(together.out().alerts).isEqualTo(alone.out().alerts);
    }

    private static List<SeriesKey> keys(TokenScenario scenario) {
        return scenario.inputs().stream().map(Scenario.Input::series).distinct().toList();
    }

    private static List<String> texts(Scenario.Result result, SeriesKey key) {
        return result.out().samples.getOrDefault(key, List.of()).stream()
                .map(out -> out.timestampMs() + " " + out.quality() + " " + Arrays.toString(out.raw()) + " "
                        + Arrays.toString(out.clean()) + " " + out.missingBefore() + " " + out.missingCount())
                .toList();
    }
}
