package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

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
