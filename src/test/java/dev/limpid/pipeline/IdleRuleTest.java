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

/** The figures of docs/design/0002-segments.md: a fleet whose clocks are up to 4.75 s apart, idle-flush 2 s. */
class IdleRuleTest {
    private static final int SERIES = 20;
    private static final int SAMPLES = 6000;
    private static final long STEP_MS = 10;
    private static final long SKEW_MS = 250;
    private static final long IDLE_MS = 2000;

    private final PipelineSpec spec = new PipelineSpec(
            List.of("v"),
            100,
            new WindowSpec(256, 64, 256),
            10_000,
            IDLE_MS,
            1_000_000,
            Granularity.HOP,
            64,
            AlertSpec.DEFAULT);
    private final Recorder<Long> out = new Recorder<>();
    private final Pipeline<Long> pipeline =
            new Pipeline<>(spec, new ModelSlot(FakeDenoiser.identity(1, 256)), new JournalStore<>(spec), out);

    @Test
    void skewed_clocks_leave_every_series_in_one_segment_where_the_literal_rule_makes_66000_of_one_sample() {
        // Given
        long literalSegments = 0;

        // When
        for (int i = 0; i < SAMPLES; i++) {
            for (int s = 0; s < SERIES; s++) {
                long ms = i * STEP_MS - s * SKEW_MS + 1_000_000;
                accept(s, ms);
                long streamMs = i * STEP_MS + 1_000_000;
                // "stream time passes the series' last sample by idle-flush": true as soon as the sample is in
                literalSegments += streamMs - ms > IDLE_MS ? 1 : 0;
            }
        }
        pipeline.endAll();
        pipeline.flush();

        // Then: (6000 - 256) / 64 + 1 full windows and one for the rest, per series
        assertThat(literalSegments).isEqualTo(66_000);
        assertThat(pipeline.tally().windows()).isEqualTo(SERIES * 91);
    }

    @Test
    void a_series_that_falls_silent_is_completed_within_idle_flush_and_a_quarter() {
        // Given: all series, the last 4.75 s behind, for ten seconds
        long silentSinceMs = 1_010_000;
        long completedAtMs = 0;

        // When: it sends no more
        for (long ms = 1_000_000; completedAtMs == 0; ms += STEP_MS) {
            for (int s = 0; s < SERIES; s++) {
                if (s < SERIES - 1 || ms < silentSinceMs) {
                    accept(s, ms - s * SKEW_MS);
                }
            }
            pipeline.flush();
            if (out.samples.getOrDefault(key(SERIES - 1), List.of()).size() == 1000) {
                completedAtMs = ms;
            }
        }

        // Then
        assertThat(completedAtMs - silentSinceMs).isBetween(IDLE_MS - STEP_MS, IDLE_MS + IDLE_MS / 4);
    }

    private static SeriesKey key(int series) {
        return SeriesKey.of("s" + series);
    }

    private void accept(int series, long ms) {
        Block block = new Block(1);
        block.begin(ms);
        block.add(1f);
        pipeline.accept(key(series), ms, block);
    }
}
