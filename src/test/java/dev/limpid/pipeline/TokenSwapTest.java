package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A newer model of tokens takes over at any moment: what leaves, and which model it names. */
class TokenSwapTest {
    private static final int MOST_VERSIONS = 1_000;
    /** Those of the scenarios, and behind them one for each version of a model. */
    private static final String[] TOKENS = Stream.concat(
                    Arrays.stream(TokenScenario.TOKENS),
                    IntStream.range(0, MOST_VERSIONS).mapToObj(version -> "v" + version))
            .toArray(String[]::new);

    private static final int OWN = Kind.Tokens.FIRST + TokenScenario.TOKENS.length;

    static LongStream seeds() {
        return TokenLawsTest.seeds();
    }

    private static Scenario.Result run(
            TokenScenario scenario, Random swaps, double often, IntFunction<Denoiser> model) {
        return SwapTest.run(scenario.spec(), scenario.inputs(), swaps, often, model);
    }

    private static Denoiser random(TokenScenario scenario, int version) {
        return FakeTokens.random(
                Integer.toString(version), scenario.spec().window().length(), TokenScenario.TOKENS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void swaps_lose_repeat_and_reorder_nothing_and_change_no_token_if_the_models_do_not(long seed) {
        // Given: models that differ in nothing but their version
        TokenScenario scenario = TokenScenario.of(seed);
        Random random = new Random(seed);

        // When
        Scenario.Result swapped = run(scenario, random, random.nextDouble(), version -> random(scenario, version));
        Scenario.Result steady = run(scenario, random, 0, version -> random(scenario, version));

        // Then
        SwapTest.sameButModels(swapped, steady);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_models_of_a_series_windows_never_step_back(long seed) {
        // Given
        TokenScenario scenario = TokenScenario.of(seed);

        // When
        Scenario.Result result = run(scenario, new Random(seed), 0.3, version -> random(scenario, version));

        // Then
        SwapTest.neverStepBack(result);
    }

    /** Would have every token be its version's own. */
    private static Denoiser own(TokenScenario scenario, int version, IntToDoubleFunction confidence) {
        return new FakeTokens(
                Integer.toString(version),
                scenario.spec().window().length(),
                (ids, vocabulary) -> {
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    Arrays.fill(said.clean, OWN + version);
                    Arrays.fill(said.confidence, (float) confidence.applyAsDouble(version));
                    Arrays.fill(said.error, 0f);
                    return said;
                },
                TOKENS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_record_names_its_newest_model_and_is_marked_if_and_only_if_windows_of_two_are_in_it(long seed) {
        // Given
        TokenScenario scenario = TokenScenario.of(seed);
        TokenScenario all = scenario.with(
                scenario.spec().segmentEnd(),
                new Merging.MostConfident(0, 0, FakeTokens.vocabulary(TOKENS).ids()));
        double often = new Random(seed).nextBoolean() ? 0.3 : 0.01;

        // When: of the windows over a token the newest model's decides, or the oldest one's
        Scenario.Result newest =
                run(all, new Random(seed), often, version -> own(all, version, v -> v / (double) MOST_VERSIONS));
        Scenario.Result oldest =
                run(all, new Random(seed), often, version -> own(all, version, v -> 1 - v / (double) MOST_VERSIONS));

        // Then
        newest.out().heads.forEach((key, heads) -> {
            List<Recorder.Out> by = newest.out().samples.get(key);
            List<Recorder.Out> since = oldest.out().samples.get(key);
            for (Recorder.Head head : heads) {
                check(head, by.subList(head.from(), head.to()), since.subList(head.from(), head.to()));
            }
        });
    }

    private static void check(Recorder.Head head, List<Recorder.Out> newest, List<Recorder.Out> oldest) {
        int[] by = versions(newest).toArray();
        int last = Arrays.stream(by).max().orElse(0);
        int first = versions(oldest).min().orElse(last);
        if (by.length == newest.size()) {
            assertThat(head.crossFades()).isEqualTo(first < last);
            assertThat(SwapTest.version(head.model())).isEqualTo(last);
        } else if (by.length > 0) {
            // of tokens that leave as they came nobody knows whose windows they were in
            assertThat(head.crossFades() || first == last).isTrue();
            assertThat(SwapTest.version(head.model())).isGreaterThanOrEqualTo(last);
        }
    }

    /** Of the models that replaced tokens. */
    private static IntStream versions(List<Recorder.Out> samples) {
        return samples.stream().mapToInt(out -> (int) out.clean()[0] - OWN).filter(version -> version > 0);
    }
}
