package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.BandPass;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowBandPass;
import dev.limpid.signal.WindowSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows of 8, a new one every 2; a model that halves, so that the error is the input's size: 1 is usual, 10 is out of range. */
class GuardTest {
    private static final SeriesKey KEY = SeriesKey.of("s");
    private static final BandPass FILTER = BandPass.of(0, 0.1, 2, 1);
    private static final PipelineSpec SPEC = new PipelineSpec(
            List.of("v"),
            100,
            new WindowSpec(8, 2, 8),
            1_000,
            2_000,
            1_000_000,
            Granularity.RECORD,
            4,
            AlertSpec.DEFAULT);
    private static final ModelSpec PLAIN = FakeDenoiser.spec("fake", "1", 1, 8, true);
    private static final ModelSpec RANGED = FakeDenoiser.within(PLAIN, FakeDenoiser.errorRange(1, 1f, 1f));

    private static Recorder<Integer> run(PipelineSpec spec, Denoiser model, float[] values) {
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline = new Pipeline<>(spec, new ModelSlot(model), new MemoryStore<>(), out);
        Block block = new Block(1);
        for (int i = 0; i < values.length; i++) {
            block.begin(1_000_000 + 10L * i);
            block.add(values[i]);
            pipeline.accept(KEY, i, block);
        }
        pipeline.endAll();
        pipeline.flush();
        return out;
    }

    private static FakeDenoiser halving(ModelSpec spec) {
        return FakeDenoiser.of(spec, 0.5f, 0f);
    }

    /** {@code +} and {@code -} in turns, of that size. */
    private static float[] sizes(float... sizes) {
        float[] values = new float[40 * sizes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sizes[i / 40] * (i % 2 == 0 ? 1 : -1);
        }
        return values;
    }

    private static String qualities(Recorder<Integer> out) {
        StringBuilder text = new StringBuilder();
        out.samples
                .get(KEY)
                .forEach(sample -> text.append(sample.quality().name().charAt(0)));
        return text.toString();
    }

    @Test
    void it_takes_over_by_six_windows_out_of_range_and_comes_back_by_itself_after_twelve() {
        // When: the windows that start at 34 to 78 see loud samples
        Recorder<Integer> out = run(SPEC.with(FILTER), halving(RANGED), sizes(1, 10, 1, 1));

        // Then: the filter's first window starts at 44, the sixth of them; its last at 100, before the twelfth back in
        // range
        String qualities = qualities(out);
        assertThat(qualities.indexOf('F')).isEqualTo(44);
        assertThat(qualities.lastIndexOf('F')).isEqualTo(100 + 7);
        assertThat(qualities.substring(0, 44)).containsOnlyOnce("C".repeat(44));
        assertThat(qualities.substring(44, qualities.lastIndexOf('F') + 1)).doesNotContain("C");
        assertThat(qualities).endsWith("C");
    }

    @Test
    void its_values_are_those_of_the_filter_through_the_same_overlap_add() {
        // Given: all windows out of range, and a model that is the filter
        float[] values = new float[200];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 + (float) random.nextGaussian();
        }
        WindowBandPass filter = new WindowBandPass(FILTER, 8);

        // When
        Recorder<Integer> guarded = run(SPEC.with(FILTER), halving(RANGED), values);

        // Then
        Recorder<Integer> twin = run(SPEC, new Filtering(PLAIN, filter), values);
        for (int i = 0; i < 190; i++) {
            assertThat(guarded.samples.get(KEY).get(i).quality()).isEqualTo(Quality.FALLBACK);
            assertThat(guarded.samples.get(KEY).get(i).clean())
                    .isEqualTo(twin.samples.get(KEY).get(i).clean());
        }
    }

    private record Filtering(ModelSpec spec, WindowBandPass filter) implements Denoiser {
        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            float[] x = new float[8];
            float[] clean = new float[8];
            for (int row = from; row < to; row++) {
                batch.x().get(row * 8, x);
                filter.filter(x, null, 0, 8, clean);
                out.clean().put(row * 8, clean);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void without_a_fallback_or_a_range_everything_is_as_it_was() {
        float[] values = sizes(1, 10, 1);
        Recorder<Integer> plain = run(SPEC, halving(PLAIN), values);

        assertThat(run(SPEC, halving(RANGED), values).lines).isEqualTo(plain.lines);
        assertThat(run(SPEC.with(FILTER), halving(PLAIN), values).lines).isEqualTo(plain.lines);
    }

    @Test
    void what_the_model_fails_on_passes_through_only_if_there_is_no_fallback() {
        // Given
        float[] values = sizes(1, 1, 1);
        values[60] = FakeDenoiser.POISON;

        // When
        Recorder<Integer> guarded = run(SPEC.with(FILTER), halving(PLAIN), values);

        // Then
        assertThat(qualities(run(SPEC, halving(PLAIN), values)).charAt(60)).isEqualTo('F');
        assertThat(run(SPEC, halving(PLAIN), values).samples.get(KEY).get(60).quality())
                .isEqualTo(Quality.FAILED);
        assertThat(guarded.samples.get(KEY).get(60).quality()).isEqualTo(Quality.FALLBACK);
        assertThat(guarded.failed).hasSize(4);
    }

    @Test
    void of_a_channel_that_nobody_saw_there_is_no_value_where_the_model_fails() {
        // Given two channels, the second of which says nothing from sample 30 to 89, and a model that fails at 60
        PipelineSpec spec = new PipelineSpec(
                        List.of("v", "w"),
                        SPEC.sampleRateHz(),
                        SPEC.window(),
                        SPEC.gapMaxMs(),
                        2_000,
                        1_000_000,
                        Granularity.RECORD,
                        4,
                        AlertSpec.DEFAULT)
                .with(FILTER);
        Recorder<Integer> out = new Recorder<>();
        ModelSlot slot = new ModelSlot(halving(FakeDenoiser.spec("fake", "1", 2, 8, true)));
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, new MemoryStore<>(), out);
        Block block = new Block(2);

        // When
        for (int i = 0; i < 120; i++) {
            block.begin(1_000_000 + 10L * i);
            block.add(i == 60 ? FakeDenoiser.POISON : 4);
            block.add(i >= 30 && i < 90 ? Float.NaN : 6);
            pipeline.accept(KEY, i, block);
        }
        pipeline.endAll();
        pipeline.flush();

        // Then only windows that failed hold sample 60; samples 50 and 70 are the model's, which answers for what it
        // does not see
        Recorder.Out sample = out.samples.get(KEY).get(60);
        assertThat(out.failed).hasSize(4);
        assertThat(sample.quality()).isEqualTo(Quality.FALLBACK);
        assertThat(sample.clean()[0]).isFinite();
        assertThat(sample.clean()[1]).isNaN();
        assertThat(out.samples.get(KEY).get(50).clean()[1]).isFinite();
        assertThat(out.samples.get(KEY).get(70).clean()[1]).isFinite();
    }

    @Test
    void a_sample_that_is_missing_gets_the_filters_value_from_its_neighbours() {
        // Given
        float[] values = new float[100];
        Arrays.fill(values, 50f);
        values[50] = Float.NaN;

        // When
        Recorder<Integer> guarded = run(SPEC.with(FILTER), halving(RANGED), values);

        // Then
        assertThat(guarded.samples.get(KEY).get(50).quality()).isEqualTo(Quality.FALLBACK);
        assertThat(guarded.samples.get(KEY).get(50).clean()[0]).isEqualTo(50f, within(1e-3f));
    }
}
