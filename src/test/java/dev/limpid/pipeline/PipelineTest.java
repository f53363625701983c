package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
    private static final SeriesKey A = SeriesKey.of("a");
    private final PipelineSpec spec = new PipelineSpec(
            List.of("v"), 1000, new WindowSpec(8, 4, 8), 100, 1000, 100_000, Granularity.RECORD, 4, AlertSpec.DEFAULT);

    static Block sample(long ms, float value) {
        Block block = new Block(1);
        block.begin(ms);
        block.add(value);
        return block;
    }

    @Test
    void the_identity_model_gives_every_record_back_in_order() {
        // Given
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.identity(1, 8)), new JournalStore<>(spec), out);

        // When
        for (int i = 0; i < 50; i++) {
            pipeline.accept(A, i, sample(5000 + i, (float) Math.sin(i)));
        }
        pipeline.endAll();
        pipeline.flush();

        // Then
        assertThat(out.samples.get(A)).hasSize(50);
        for (int i = 0; i < 50; i++) {
            Recorder.Out sample = out.samples.get(A).get(i);
            assertThat(out.records.get(A).get(i)).isEqualTo(i);
            assertThat(sample.timestampMs()).isEqualTo(5000 + i);
            assertThat(sample.clean()[0]).isEqualTo((float) Math.sin(i));
            assertThat(sample.quality()).isEqualTo(Quality.CLEANED);
        }
        assertThat(pipeline.tally().cleaned()).isEqualTo(50);
        assertThat(pipeline.tally().pending()).isZero();
    }

    @ParameterizedTest(name = "length {0}, hop {1}, lookahead {2}")
    @CsvSource({"8,4,8", "8,4,3", "8,4,5", "8,1,0", "8,1,8", "8,8,8", "8,8,7", "7,3,4", "1,1,0", "1,1,1", "256,64,64"})
    void a_sample_waits_at_most_for_the_latency_that_the_window_tells_and_some_do(int length, int hop, int lookahead) {
        // Given
        WindowSpec window = new WindowSpec(length, hop, lookahead);
        PipelineSpec spec = new PipelineSpec(
                List.of("v"), 1000, window, 100, 1000, 100_000, Granularity.RECORD, 1, AlertSpec.DEFAULT);
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.halving(1, length)), new JournalStore<>(spec), out);
        int worst = 0;

        // When
        int left = 0;
        for (int i = 0; i < 4 * length + 4 * hop; i++) {
            pipeline.accept(A, i, sample(i, i));
            for (; left < out.samples.getOrDefault(A, List.of()).size(); left++) {
                // the first window's samples wait for it to fill
                worst = left < length ? worst : Math.max(worst, i - left);
            }
        }

        // Then
        assertThat(worst).isEqualTo(window.latencySamples());
    }

    @Test
    void only_the_window_at_fault_is_lost_when_a_run_fails() {
        // Given: windows of 4 that do not overlap, eight of them in one batch
        PipelineSpec spec = new PipelineSpec(
                List.of("v"),
                1000,
                new WindowSpec(4, 4, 4),
                100,
                1000,
                100_000,
                Granularity.RECORD,
                8,
                AlertSpec.DEFAULT);
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.halving(1, 4)), new JournalStore<>(spec), out);

        // When
        for (int i = 0; i < 32; i++) {
            pipeline.accept(A, i, sample(i, i == 9 ? FakeDenoiser.POISON : i == 22 ? FakeDenoiser.TO_NAN : i));
        }

        // Then
        assertThat(out.failed).extracting(FailedWindow::reason).containsExactly("failed: poison", "non-finite");
        assertThat(out.failed.get(0).values()).isEqualTo(Floats.of(8, FakeDenoiser.POISON, 10, 11));
        assertThat(out.scores)
                .extracting(WindowScore::absence)
                .containsExactly("", "", "failed", "", "", "non-finite", "", "");
        for (int i = 0; i < 32; i++) {
            boolean lost = i / 4 == 2 || i / 4 == 5;
            Recorder.Out sample = out.samples.get(A).get(i);
            assertThat(sample.quality()).isEqualTo(lost ? Quality.FAILED : Quality.CLEANED);
            assertThat(sample.clean()[0]).isEqualTo(lost ? sample.raw()[0] : i / 2f);
        }
    }

    @Test
    void a_model_without_observed_gets_the_last_value_held() {
        // Given
        PipelineSpec spec = new PipelineSpec(
                List.of("v"),
                1000,
                new WindowSpec(4, 4, 4),
                100,
                1000,
                100_000,
                Granularity.RECORD,
                8,
                AlertSpec.DEFAULT);
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.blind(1, 4)), new JournalStore<>(spec), out);

        // When: the first value of a window, if missing, is the first that comes
        float[] values = {Float.NaN, 5, Float.NaN, 7};
        for (int i = 0; i < 4; i++) {
            pipeline.accept(A, i, sample(i, values[i]));
        }
        pipeline.flush();

        // Then
        assertThat(out.samples.get(A)).extracting(s -> s.clean()[0]).containsExactly(5f, 5f, 5f, 7f);
        assertThat(out.samples.get(A))
                .extracting(Recorder.Out::quality)
                .containsExactly(Quality.IMPUTED, Quality.CLEANED, Quality.IMPUTED, Quality.CLEANED);
    }

    @Test
    void an_end_by_the_wall_clock_is_marked_and_counted_once_per_segment() {
        // Given
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(spec, new ModelSlot(FakeDenoiser.identity(1, 8)), new JournalStore<>(spec), out);
        pipeline.accept(A, 1, sample(0, 1));
        pipeline.accept(SeriesKey.of("b"), 2, sample(1, 2));

        // When
        pipeline.endSilent();
        pipeline.endSilent();
        pipeline.flush();

        // Then
        assertThat(pipeline.tally().wallClockEnds()).isEqualTo(2);
        assertThat(out.samples.get(A).get(0).wallClock()).isTrue();
    }

    @Test
    void silence_and_a_record_far_ahead_end_a_batch_of_segments_per_call_and_all_of_them_in_the_end() {
        for (boolean silence : new boolean[] {true, false}) {
            // Given
            Recorder<Integer> out = new Recorder<>();
            Pipeline<Integer> pipeline =
                    new Pipeline<>(spec, new ModelSlot(FakeDenoiser.identity(1, 8)), new JournalStore<>(spec), out);
            for (int i = 0; i < 10; i++) {
                pipeline.accept(SeriesKey.of("s" + i), i, sample(i, 1));
            }

            // When
            List<Long> windows = new ArrayList<>();
            List<Boolean> left = new ArrayList<>();
            for (int call = 0; call < 4; call++) {
                if (silence) {
                    left.add(pipeline.endSilent());
                } else {
                    pipeline.accept(A, 100 + call, sample(50_000 + call, 1));
                }
                pipeline.flush();
                windows.add(pipeline.tally().windows());
            }

            // Then: batches of four
            assertThat(windows).as("silence " + silence).containsExactly(4L, 8L, 10L, 10L);
            assertThat(left).isEqualTo(silence ? List.of(true, true, false, false) : List.of());
            assertThat(out.records).hasSize(10);
        }
    }

    @Test
    void a_series_that_expires_is_forgotten_and_begins_anew() {
        // Given
        JournalStore<Integer> store = new JournalStore<>(spec);
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline = new Pipeline<>(spec, new ModelSlot(FakeDenoiser.identity(1, 8)), store, out);
        pipeline.accept(A, 1, sample(0, 1));

        // When
        pipeline.accept(SeriesKey.of("b"), 2, sample(1_000, 2));
        pipeline.accept(SeriesKey.of("b"), 3, sample(100_001, 3));

        // Then
        assertThat(store.find(A)).isNull();
        assertThat(out.records.get(A)).containsExactly(1);
        assertThat(pipeline.tally().pending()).isEqualTo(1);
    }

    @Test
    void a_restart_between_any_two_records_changes_nothing() {
        for (Granularity granularity : Granularity.values()) {
            PipelineSpec spec = new PipelineSpec(
                    List.of("v"), 1000, new WindowSpec(8, 3, 7), 100, 1000, 100_000, granularity, 4, AlertSpec.DEFAULT);
            List<String> uninterrupted = run(spec, -1).lines.get(A);
            for (int restart = 0; restart < 60; restart++) {
                assertThat(run(spec, restart).lines.get(A))
                        .as("restart after " + restart)
                        .isEqualTo(uninterrupted);
            }
        }
    }

    private static Recorder<Integer> run(PipelineSpec spec, int restart) {
        Recorder<Integer> out = new Recorder<>();
        ModelSlot slot = new ModelSlot(FakeDenoiser.halving(1, 8));
        JournalStore<Integer> store = new JournalStore<>(spec);
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, store, out);
        for (int i = 0; i < 60; i++) {
            pipeline.accept(A, i, sample(5000 + i + i % 3, (float) Math.sin(i)));
            if (i == restart) {
                pipeline.flush();
                store = store.restarted();
                pipeline = new Pipeline<>(spec, slot, store, out);
            }
        }
        pipeline.endAll();
        pipeline.flush();
        return out;
    }
}
