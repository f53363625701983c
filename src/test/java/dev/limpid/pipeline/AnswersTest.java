package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ModelId;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final SeriesKey S = SeriesKey.of("s");

    private static Block block(float... values) {
        Block block = new Block(1);
        block.begin(1_000);
        block.add(values, values.length);
        return block;
    }

    @Test
    void what_waits_behind_a_record_that_is_a_whole_window_and_needs_no_other_leaves_with_it() {
        // Given: a record that fills a window that nothing overlaps, and behind it one that came too late
        PipelineSpec spec = new PipelineSpec(
                List.of("v"),
                100,
                new WindowSpec(4, 4, 4),
                1_000,
                2_000,
                100_000,
                Granularity.RECORD,
                4,
                AlertSpec.DEFAULT);
        Recorder<String> out = new Recorder<>();
        Tally tally = new Tally();
        Answers<String> answers = new Answers<>(spec, out, tally);
        SeriesState<String> series = new SeriesState<>(S, spec);
        series.begin(1_000);
        long start = series.frontier();
        Block whole = block(2, 4, 6, 8);
        series.append(whole, 0, 4);
        series.finalBefore = start;
        series.arrived("whole", whole, start, null);
        series.arrived("late", block(3), start, new byte[] {Quality.LATE.code()});
        Due.Window window = new Due.Window(start, start, start + 4, 1_000, 1_030, 0, 1f, null, false);
        Due<String> due = new Due<>(series, series.segment, window, null, start + 4, start + 4, false);
        series.segment.contributors.add(new ModelId("m", "1", "cafe"), start, start + 4, start);

        // When
        assertThat(answers.alone(due, window)).isTrue();
        answers.whole(due, window, new float[] {2, 4, 6, 8}, new float[] {1, 2, 3, 4});

        // Then
        assertThat(out.records.get(S)).containsExactly("whole", "late");
        assertThat(out.samples.get(S))
                .extracting(Recorder.Out::quality)
                .containsExactly(Quality.CLEANED, Quality.CLEANED, Quality.CLEANED, Quality.CLEANED, Quality.LATE);
        assertThat(series.waiting).isEmpty();
        assertThat(tally.cleaned() + tally.passedThrough()).isEqualTo(5);
    }
}
