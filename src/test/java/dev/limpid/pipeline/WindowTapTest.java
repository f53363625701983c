package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTapTest {
    static LongStream seeds() {
        return Scenario.seeds();
    }

    private static final class Looking implements WindowTap {
        final Map<SeriesKey, List<WindowScore>> seen = new LinkedHashMap<>();
        final SeriesShare share = new SeriesShare(0.5);

        @Override
        public boolean wants(SeriesKey series) {
            return share.holds(series);
        }

        @Override
        public void ran(
                SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean) {
            seen.computeIfAbsent(series, key -> new ArrayList<>()).add(score);
            assertThat(model.id()).isEqualTo(score.model());
            int count = 0;
            for (int i = 0; i < x.length; i++) {
                count += observed[i] == 1f ? 1 : 0;
                assertThat(observed[i] == 1f || x[i] == 0f).isTrue();
            }
            assertThat(count).isPositive();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoever_looks_on_changes_nothing_and_sees_each_window_once_in_order(long seed) {
        // Given
        Scenario scenario = Scenario.of(seed);
        Scenario.Result alone = scenario.run();
        Looking tap = new Looking();
        Recorder<Integer> out = new Recorder<>();
        Pipeline<Integer> pipeline = new Pipeline<>(
                scenario.spec(), new ModelSlot(scenario.model()), new JournalStore<>(scenario.spec()), out, tap);

        // When
        for (Scenario.Input input : scenario.inputs()) {
            pipeline.accept(
                    input.series(),
                    input.number(),
                    input.block(scenario.spec().channels().size()));
        }
        pipeline.endAll();
        pipeline.flush();

        // Then
        assertThat(out.lines).isEqualTo(alone.out().lines);
        if (scenario.spec().sampleRateHz() == 0) {
            return; // the times of a window do not say how many samples it has
        }
        out.scoresBySeries.forEach((series, scores) -> {
            List<WindowScore> seen = tap.seen.getOrDefault(series, List.of());
            if (tap.share.holds(series)) {
                List<WindowScore> wanted = new ArrayList<>(scores);
                wanted.removeIf(score -> score.absence().equals("missing") || little(score, scenario.spec()));
                assertThat(seen).isEqualTo(wanted);
            } else {
                assertThat(seen).isEmpty();
            }
        });
    }

    /** Whether less than half of a window lies in its segment. */
    private static boolean little(WindowScore score, PipelineSpec spec) {
        long slots = 1 + Math.round((score.endMs() - score.startMs()) * spec.sampleRateHz() / 1000);
        return 2 * slots < spec.window().length();
    }

    @Test
    void a_share_of_the_series_is_the_same_everywhere_and_part_of_every_greater_one() {
        // Given
        List<String> tenth = new ArrayList<>();
        int[] counts = new int[11];

        // When
        for (int i = 0; i < 10_000; i++) {
            SeriesKey key = SeriesKey.of("sensor-" + i);
            boolean before = false;
            for (int tenths = 0; tenths <= 10; tenths++) {
                boolean held = new SeriesShare(tenths / 10.0).holds(key);
                assertThat(held || !before).isTrue();
                before = held;
                counts[tenths] += held ? 1 : 0;
            }
            if (i < 60 && new SeriesShare(0.1).holds(key)) {
                tenth.add(key.toString());
            }
        }

        // Then: written down once, for another release must choose the same
        assertThat(tenth)
                .containsExactly(
                        "sensor-2", "sensor-20", "sensor-34", "sensor-41", "sensor-47", "sensor-50", "sensor-57");
        for (int tenths = 0; tenths <= 10; tenths++) {
            assertThat(counts[tenths]).isBetween(1_000 * tenths - 150, 1_000 * tenths + 150);
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[10]).isEqualTo(10_000);
    }
}
