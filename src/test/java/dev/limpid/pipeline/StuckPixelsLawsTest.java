package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all frames whose stuck pixels are masked; {@code -Dseeds=1000} for more. */
class StuckPixelsLawsTest {
    private static final SeriesKey KEY = SeriesKey.of("camera");

    static LongStream seeds() {
        return Scenario.frames();
    }

    @Test
    void a_stuck_pixel_is_kept_from_the_model_and_marked_and_its_raw_value_stays() {
        // Given: frames of one row, of which the pixel in the middle is stuck at 9 from the beginning, and a model that
        // halves
        PipelineSpec spec = new PipelineSpec(
                        List.of("grey"),
                        0,
                        new WindowSpec(5, 5, 4),
                        1_000,
                        10_000,
                        100_000,
                        Granularity.RECORD,
                        2,
                        AlertSpec.DEFAULT)
                .with(new StuckRule(1, 5, 2));
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.halving(1, 5)), new MemoryStore<>(), out);

        // When
        for (int frame = 0; frame < 4; frame++) {
            Block block = new Block(1);
            block.begin(frame);
            block.add(new float[] {frame, frame, 9, frame, frame}, 5);
            pipeline.accept(KEY, frame, block);
        }
        pipeline.flush();

        // Then: two frames compared with the one before
        List<Recorder.Out> samples = out.samples.get(KEY);
        for (int frame = 0; frame < 4; frame++) {
            Recorder.Out stuck = samples.get(5 * frame + 2);
            assertThat(stuck.raw()).containsExactly(9);
            assertThat(stuck.clean()).containsExactly(frame < 2 ? 4.5f : 0);
            assertThat(stuck.quality()).isEqualTo(frame < 2 ? Quality.CLEANED : Quality.IMPUTED);
            assertThat(samples.get(5 * frame + 3).clean()).containsExactly(frame / 2f);
            assertThat(samples.get(5 * frame + 3).quality()).isEqualTo(Quality.CLEANED);
            assertThat(out.scores.get(frame).observed()).isEqualTo(frame < 2 ? 1 : 0.8f);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_sample_leaves_once_with_its_raw_value_and_only_quality_and_value_of_what_is_masked_change(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).stuck();

        // When
        Scenario.Result masked = scenario.run();

        // Then
        Scenario.Result without = Scenario.of(seed).with(scenario.inputs()).run();
        assertThat(masked.out().records).isEqualTo(without.out().records);
        assertThat(masked.tally().pending()).isZero();
        masked.out().samples.forEach((key, samples) -> {
            List<Recorder.Out> others = without.out().samples.get(key);
            for (int i = 0; i < samples.size(); i++) {
                Recorder.Out got = samples.get(i);
                Recorder.Out other = others.get(i);
                assertThat(got.raw()).isEqualTo(other.raw());
                if (got.quality() == Quality.CLEANED) {
                    assertThat(other.quality()).isIn(Quality.CLEANED, Quality.FAILED);
                }
            }
        });
    }

    @Test
    void the_scenarios_have_both_and_changes_between() {
        int masked = 0;
        for (long seed : seeds().toArray()) {
            Scenario scenario = Scenario.of(seed).stuck();
            long imputed = scenario.run().tally().imputed();
            long without =
                    Scenario.of(seed).with(scenario.inputs()).run().tally().imputed();
            masked += imputed > without + 100 ? 1 : 0;
        }
        assertThat(masked).isGreaterThan(5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_restart_is_no_restart(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed).stuck();
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
        Scenario scenario = Scenario.of(seed).stuck();
        Random random = new Random(seed);

        // When
        Scenario.Result single = scenario.with(1).run();
        Scenario.Result large = scenario.with(64).run(input -> random.nextInt(9) == 0, input -> false);

        // Then
        PipelineLawsTest.sameLines(large, single);
    }
}
