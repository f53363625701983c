package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every input, each shown on many random ones; {@code -Dseeds=1000} for more. */
class PipelineLawsTest {
    static LongStream seeds() {
        return Scenario.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_sample_leaves_once_in_order_with_the_value_of_the_obvious_twin(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).with(Granularity.RECORD);
        Naive naive = Naive.run(scenario);

        // When
        Scenario.Result result = scenario.run();

        // Then
        int samples = 0;
        for (SeriesKey key : keys(scenario)) {
            List<Integer> sent = new ArrayList<>();
            scenario.inputs().stream().filter(i -> i.series().equals(key)).forEach(i -> sent.add(i.number()));
            assertThat(result.out().records.get(key)).isEqualTo(sent);
            List<Recorder.Out> got = result.out().samples.getOrDefault(key, List.of());
            assertThat(got).hasSameSizeAs(naive.samples(key));
            for (int i = 0; i < got.size(); i++) {
                same(got.get(i), naive.samples(key).get(i), "series " + key + ", sample " + i);
            }
            samples += got.size();
        }
        Tally tally = result.tally();
        assertThat(tally.accepted()).isEqualTo(samples);
        assertThat(tally.cleaned() + tally.imputed() + tally.passedThrough()).isEqualTo(samples);
        assertThat(tally.pending()).isZero();
        sameScores(scenario, naive, result);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hop_blocks_hold_every_sample_once_and_the_empty_slots_between(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).with(Granularity.HOP);
        Naive naive = Naive.run(scenario);

        // When
        Scenario.Result result = scenario.run();

        // Then: late and duplicate samples come apart from the grid, both in the order in which they came or lie
        for (SeriesKey key : keys(scenario)) {
            List<Recorder.Out> got = result.out().samples.getOrDefault(key, List.of());
            List<Recorder.Out> passed = new ArrayList<>();
            List<float[]> values = new ArrayList<>();
            got.forEach(out -> {
                if (out.quality() == Quality.LATE || out.quality() == Quality.DUPLICATE) {
                    passed.add(out);
                }
                values.add(out.raw());
            });
            List<Naive.Sample> wanted = naive.samples(key).stream()
                    .filter(s -> s.quality == Quality.LATE || s.quality == Quality.DUPLICATE)
                    .toList();
            assertThat(passed).hasSameSizeAs(wanted);
            for (int i = 0; i < passed.size(); i++) {
                same(passed.get(i), wanted.get(i), "passed " + i);
            }
            assertThat(bits(values))
                    .containsAll(
                            bits(naive.samples(key).stream().map(s -> s.raw).toList()));
        }
        Tally tally = result.tally();
        assertThat(tally.pending()).isZero();
        assertThat(tally.accepted() + tally.filled())
                .isEqualTo(result.out().samples.values().stream()
                        .mapToInt(List::size)
                        .sum());
        sameScores(scenario, naive, result);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_restart_at_any_commit_is_no_restart(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed);
        Random random = new Random(seed);
        double often = random.nextDouble();

        // When
        Scenario.Result restarted = scenario.run(input -> false, input -> random.nextDouble() < often);

        // Then
        sameLines(restarted, scenario.run());
        assertThat(restarted.tally().pending()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neither_the_batch_size_nor_the_commits_show(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed);
        Random random = new Random(seed);

        // When
        Scenario.Result single = scenario.with(1).run();
        Scenario.Result large = scenario.with(64).run(input -> random.nextInt(9) == 0, input -> false);

        // Then
        sameLines(large, single);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_chunking_of_the_same_samples_gives_the_same_values(long seed) {
        // Given: one series, its samples one by one
        Scenario scenario = Scenario.of(seed);
        int channels = scenario.spec().channels().size();
        double stepMs =
                scenario.spec().sampleRateHz() == 0 ? 0 : 1000 / scenario.spec().sampleRateHz();
        List<Scenario.Input> singles = new ArrayList<>();
        List<Scenario.Input> chunks = new ArrayList<>();
        SeriesKey key = scenario.inputs().get(0).series();
        for (Scenario.Input input : scenario.inputs()) {
            if (input.series().equals(key)) {
                chunks.add(new Scenario.Input(chunks.size(), key, input.timestampMs(), input.values()));
                for (int i = 0; i < input.values().length / channels; i++) {
                    float[] values = Arrays.copyOfRange(input.values(), i * channels, (i + 1) * channels);
                    long ms = Math.round(input.timestampMs() + i * stepMs);
                    singles.add(new Scenario.Input(singles.size(), key, ms, values));
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

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_identity_model_gives_the_input_back_to_the_bit(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).identity();

        // When
        Scenario.Result result = scenario.run();

        // Then
        for (List<Recorder.Out> samples : result.out().samples.values()) {
            for (Recorder.Out out : samples) {
                for (int c = 0; c < out.raw().length; c++) {
                    if (Float.isFinite(out.raw()[c]) && out.clean()[c] != out.raw()[c]) {
                        fail("%s became %s", out.raw()[c], out.clean()[c]);
                    }
                }
            }
        }
    }

    private static List<SeriesKey> keys(Scenario scenario) {
        return scenario.inputs().stream().map(Scenario.Input::series).distinct().toList();
    }

    /** Plain comparisons: there are a million of them. */
    private static void same(Recorder.Out got, Naive.Sample wanted, String where) {
        boolean same = got.quality() == wanted.quality && Arrays.equals(got.raw(), wanted.raw);
        for (int c = 0; c < wanted.clean.length; c++) {
            double clean = wanted.clean[c];
            same &= Double.isFinite(clean)
                    ? Math.abs(got.clean()[c] - clean) <= 1e-5 * (1 + Math.abs(clean))
                    : Double.compare(got.clean()[c], clean) == 0;
        }
        if (!same) {
            fail("%s: got %s %s -> %s, wanted %s %s -> %s"
                    .formatted(
                            where,
                            got.quality(),
                            Arrays.toString(got.raw()),
                            Arrays.toString(got.clean()),
                            wanted.quality,
                            Arrays.toString(wanted.raw),
                            Arrays.toString(wanted.clean)));
        }
    }

    /** Equal to the bit, told by the first line that differs. */
    static void sameLines(Scenario.Result got, Scenario.Result wanted) {
        assertThat(got.out().lines.keySet()).isEqualTo(wanted.out().lines.keySet());
        got.out().lines.forEach((key, lines) -> {
            List<String> other = wanted.out().lines.get(key);
            for (int i = 0; i < Math.min(lines.size(), other.size()); i++) {
                if (!lines.get(i).equals(other.get(i))) {
                    fail("%s, line %d:%ngot    %.300s%nwanted %.300s".formatted(key, i, lines.get(i), other.get(i)));
                }
            }
            assertThat(lines.size()).isEqualTo(other.size());
        });
    }

    private static void sameScores(Scenario scenario, Naive naive, Scenario.Result result) {
        Map<SeriesKey, List<WindowScore>> scores = result.out().scoresBySeries;
        for (SeriesKey key : keys(scenario)) {
            List<WindowScore> got = scores.getOrDefault(key, List.of());
            List<Double> wanted = naive.scores(key);
            assertThat(got).hasSameSizeAs(wanted);
            for (int i = 0; i < got.size(); i++) {
                double score = wanted.get(i);
                if (Double.isNaN(score)) {
                    assertThat(got.get(i).score()).isNaN();
                    assertThat(got.get(i).absence()).isNotEmpty();
                } else {
                    assertThat((double) got.get(i).score()).isCloseTo(score, within(1e-5 * (1 + score)));
                }
            }
        }
    }

    private static List<String> bits(List<float[]> values) {
        return values.stream().map(Arrays::toString).toList();
    }

    private static List<String> texts(Scenario.Result result, SeriesKey key) {
        return result.out().samples.getOrDefault(key, List.of()).stream()
                .map(out -> out.timestampMs() + " " + out.quality() + " " + Arrays.toString(out.raw()) + " "
                        + Arrays.toString(out.clean()))
                .toList();
    }
}
