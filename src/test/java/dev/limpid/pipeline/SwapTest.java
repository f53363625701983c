package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.score.Alert;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A newer model takes over at any moment: what leaves, and which model it names. */
class SwapTest {
    private static final SeriesKey A = SeriesKey.of("a");

    static LongStream seeds() {
        return Scenario.seeds();
    }

    /** Gives one value, its version's own, whatever comes in: the mean of windows tells which versions they were of. */
    private record Constant(ModelSpec spec, float value) implements Denoiser {
        static Constant of(int version, PipelineSpec pipeline) {
            ModelSpec spec = FakeDenoiser.spec(
                    "constant",
                    Integer.toString(version),
                    pipeline.channels().size(),
                    pipeline.window().length(),
                    true);
            return new Constant(spec, value(version));
        }

        /** So far apart that no mean of some is another's. */
        static float value(int version) {
            return (float) Math.exp(40 * new Random(31L * version * version).nextDouble() - 20);
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            for (int i = from * batch.windowSize(); i < to * batch.windowSize(); i++) {
                out.clean().put(i, value);
            }
        }

        @Override
        public void close() {}
    }

    private static Scenario.Result run(Scenario scenario, Random swaps, double often, IntFunction<Denoiser> model) {
        return run(scenario.spec(), scenario.inputs(), swaps, often, model);
    }

    /**
     * Runs the inputs through models of rising versions.
     *
     * @param often the chance of a newer one before an input
     */
    static Scenario.Result run(
            PipelineSpec spec, List<Scenario.Input> inputs, Random swaps, double often, IntFunction<Denoiser> model) {
        Recorder<Integer> out = new Recorder<>();
        int version = 1;
        ModelSlot slot = new ModelSlot(model.apply(version));
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, new JournalStore<>(spec), out);
        for (Scenario.Input input : inputs) {
            if (swaps.nextDouble() < often) {
                slot.install(model.apply(++version));
            }
            pipeline.accept(
                    input.series(), input.number(), input.block(spec.channels().size()));
        }
        pipeline.endAll();
        pipeline.flush();
        slot.close();
        return new Scenario.Result(out, pipeline.tally());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void swaps_lose_repeat_and_reorder_nothing_and_change_no_value_if_the_models_do_not(long seed) {
        // Given: models that differ in nothing but their version
        Scenario scenario = Scenario.of(seed);
        Random random = new Random(seed);

        // When
        Scenario.Result swapped = run(scenario, random, random.nextDouble(), version -> fake(scenario, version));
        Scenario.Result steady = run(scenario, random, 0, version -> fake(scenario, version));

        // Then
        sameButModels(swapped, steady);
    }

    static void sameButModels(Scenario.Result swapped, Scenario.Result steady) {
        assertThat(swapped.tally().pending()).isZero();
        assertThat(swapped.out().records).isEqualTo(steady.out().records);
        steady.out().lines.forEach((key, lines) -> assertThat(
                        withoutModels(swapped.out().lines.get(key)).equals(withoutModels(lines)))
                .as("series %s", key)
                .isTrue());
    }

    /** An alert may come at another window, for each model starts from its own calibration. */
    private static List<String> withoutModels(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("Alert["))
                .map(line -> line.replaceAll("fake:[0-9]+@[0-9a-f]+[+]?", "fake"))
                .toList();
    }

    private static Denoiser fake(Scenario scenario, int version) {
        ModelSpec spec = FakeDenoiser.spec(
                "fake",
                Integer.toString(version),
                scenario.spec().channels().size(),
                scenario.spec().window().length(),
                true);
        return FakeDenoiser.of(spec, scenario.factor(), scenario.ramp());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_models_of_a_series_windows_never_step_back(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed);

        // When
        Scenario.Result result = run(scenario, new Random(seed), 0.3, version -> Constant.of(version, scenario.spec()));

        // Then
        neverStepBack(result);
    }

    static void neverStepBack(Scenario.Result result) {
        assertThat(result.out().scores.stream().map(score -> score.model()).distinct())
                .hasSizeGreaterThan(1);
        result.out().scoresBySeries.values().forEach(scores -> assertThat(
                        scores.stream().map(score -> version(score.model())))
                .isSorted());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_block_names_its_newest_model_and_is_marked_if_and_only_if_windows_of_two_are_in_it(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed);
        Random random = new Random(seed);

        // When
        Scenario.Result result = run(
                scenario, random, random.nextBoolean() ? 0.3 : 0.01, version -> Constant.of(version, scenario.spec()));

        // Then
        Map<Float, Integer> versions = new HashMap<>();
        result.out()
                .scores
                .forEach(score -> versions.put(Constant.value(version(score.model())), version(score.model())));
        result.out().heads.forEach((key, heads) -> {
            List<Recorder.Out> samples = result.out().samples.getOrDefault(key, List.of());
            for (Recorder.Head head : heads) {
                check(head, samples.subList(head.from(), head.to()), versions);
            }
        });
    }

    private static void check(Recorder.Head head, List<Recorder.Out> samples, Map<Float, Integer> versions) {
        TreeSet<Integer> alone = new TreeSet<>();
        boolean mixed = false;
        boolean passes = false;
        for (Recorder.Out out : samples) {
            Integer version = versions.get(out.clean()[0]);
            if (out.quality().passedThrough()) {
                passes = true;
            } else if (version == null) {
                mixed = true;
            } else {
                alone.add(version);
            }
        }
        if (mixed || alone.size() > 1) {
            assertThat(head.crossFades()).isTrue();
        } else if (!passes) {
            assertThat(head.crossFades()).isFalse();
        }
        ModelId model = head.model();
        if (!alone.isEmpty() && model != null) {
            assertThat(version(model)).isGreaterThanOrEqualTo(alone.last());
            if (!head.crossFades()) {
                assertThat(version(model)).isEqualTo(alone.last());
            }
        }
    }

    @Test
    void the_mark_lasts_as_long_as_windows_of_both_overlap() {
        // Given: windows of 8 every 2, a batch each
        PipelineSpec spec = spec(new WindowSpec(8, 2, 8));
        Recorder<Integer> out = new Recorder<>();
        ModelSlot slot = new ModelSlot(Constant.of(1, spec));
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, new JournalStore<>(spec), out);

        // When: the window of the slots 12 to 19 is the first of the new model
        for (int i = 0; i < 40; i++) {
            if (i == 19) {
                slot.install(Constant.of(2, spec));
            }
            pipeline.accept(A, i, PipelineTest.sample(i, i));
        }
        pipeline.endAll();
        pipeline.flush();

        // Then: the last one of the old ended with slot 17
        StringBuilder models = new StringBuilder();
        for (Recorder.Head head : out.heads.get(A)) {
            models.append(head.model() == null ? "-" : head.model().version()).append(head.crossFades() ? "+" : "");
        }
        assertThat(models.toString()).isEqualTo("1".repeat(12) + "2+".repeat(6) + "2".repeat(22));
    }

    @Test
    void an_alert_starts_from_the_new_model_s_own_calibration() {
        // Given: the new model is worse everywhere by a factor, and calibrated for it by nothing: its scores are all
        // anomalous to the old
        PipelineSpec spec = spec(new WindowSpec(4, 4, 4));
        Recorder<Integer> out = new Recorder<>();
        ModelSlot slot = new ModelSlot(FakeDenoiser.of(FakeDenoiser.spec("m", "1", 1, 4, true), 0.9f, 0f));
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, new JournalStore<>(spec), out);
        Random random = new Random(1);

        // When
        for (int i = 0; i < 1600; i++) {
            if (i == 800) {
                slot.install(FakeDenoiser.of(FakeDenoiser.spec("m", "2", 1, 4, true), -20f, 0f));
            }
            pipeline.accept(A, i, PipelineTest.sample(i, 1f + random.nextFloat() / 10));
        }

        // Then: a level forty times as high, and no alert
        assertThat(out.scores.get(399).score() / out.scores.get(199).score()).isGreaterThan(40f);
        assertThat(out.alerts).extracting(Alert::model).isEmpty();
    }

    private static PipelineSpec spec(WindowSpec window) {
        return new PipelineSpec(
                List.of("v"), 1000, window, 100, 1000, 100_000, Granularity.RECORD, 1, AlertSpec.DEFAULT);
    }

    static int version(ModelId model) {
        return Integer.parseInt(model.version());
    }
}
