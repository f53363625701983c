package dev.limpid.pipeline;

import dev.limpid.Golden;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.score.Alert;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of time, order and gaps, as text that a person can follow: every {@code >} line of a file in
 * {@code golden/segments} is an input, and the lines under it say what left because of it. The model halves every value and
 * every step runs its batch at once, so all figures can be computed by hand.
 */
class SegmentsGoldenTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "gap",
                "step-back",
                "idle-by-stream-time",
                "end-by-wall-clock",
                "late",
                "late-block",
                "duplicate",
                "out-of-order",
                "missing",
                "empty-slots",
                "empty-slots-by-hop",
                "late-by-hop",
                "no-rate",
                "skewed-clocks",
                "model-fails",
                "model-fails-overlapping"
            })
    void a_segment_lives_and_ends_as_written(String name) {
        // Given
        String file = "segments/" + name + ".txt";
        List<String> lines =
                new String(Golden.read(file), StandardCharsets.UTF_8).lines().toList();

        // When
        String actual = new Script().play(lines);

        // Then
        Golden.verify(file, actual);
    }

    /** Plays the comments, the settings and the inputs of a file; what it writes is the file as it should be. */
    private static final class Script implements Emitter<String> {
        private final Map<String, String> settings = new HashMap<>(Map.of(
                "length",
                "4",
                "hop",
                "4",
                "lookahead",
                "4",
                "rate",
                "1000",
                "gap",
                "10",
                "idle",
                "50",
                "output",
                "record"));
        private final StringBuilder text = new StringBuilder();

        String play(List<String> lines) {
            Pipeline<String> pipeline = null;
            for (String line : lines) {
                if (line.startsWith("set ")) {
                    String[] words = line.split(" ");
                    settings.put(words[1], words[2]);
                    text.append(line).append('\n');
                } else if (line.startsWith("> ")) {
                    pipeline = pipeline == null ? pipeline() : pipeline;
                    text.append(line).append('\n');
                    input(pipeline, line.substring(2).split(" "));
                    pipeline.flush();
                } else if (line.startsWith("#") || line.isBlank()) {
                    text.append(line).append('\n');
                }
            }
            return text.toString();
        }

        private Pipeline<String> pipeline() {
            int length = number("length");
            PipelineSpec spec = new PipelineSpec(
                    List.of("v"),
                    number("rate"),
                    new WindowSpec(length, number("hop"), number("lookahead")),
                    number("gap"),
                    number("idle"),
                    100_000,
                    Granularity.valueOf(settings.get("output").toUpperCase(Locale.ROOT)),
                    8,
                    AlertSpec.DEFAULT);
            return new Pipeline<>(spec, new ModelSlot(FakeDenoiser.halving(1, length)), new JournalStore<>(spec), this);
        }

        private int number(String setting) {
            return Integer.parseInt(settings.get(setting));
        }

        private static void input(Pipeline<String> pipeline, String[] words) {
            switch (words[0]) {
                case "end" -> pipeline.endAll();
                case "silence" -> pipeline.endSilent();
                default -> {
                    Block block = new Block(1);
                    block.begin(Long.parseLong(words[1]));
                    for (String value : Arrays.copyOfRange(words, 2, words.length)) {
                        block.add(value.equals("-") ? Float.NaN : Float.parseFloat(value));
                    }
                    pipeline.accept(SeriesKey.of(words[0]), words[1], block);
                }
            }
        }

        private void line(SeriesKey series, String what) {
            text.append("    ").append(series).append(' ').append(what).append('\n');
        }

        private static String samples(CleanedBlock block) {
            StringJoiner samples = new StringJoiner(" | ");
            for (int t = 0; t < block.length(); t++) {
                samples.add(block.timestampMs(t) + " " + value(block.clean(t, 0)) + " "
                        + block.quality(t).label());
            }
            return samples + (block.endedByWallClock() ? " (wall clock)" : "");
        }

        private static String value(float value) {
            return Float.isNaN(value) ? "-" : Float.toString(value);
        }

        @Override
        public void record(SeriesKey series, String record, CleanedBlock block) {
            line(series, "record " + record + ": " + samples(block));
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            line(series, "block: " + samples(block));
        }

        @Override
        public void score(SeriesKey series, WindowScore score) {
            String what = score.absence().isEmpty() ? "" : ", no score: " + score.absence();
            line(series, "window " + score.startMs() + ".." + score.endMs() + what);
        }

        @Override
        public void alert(SeriesKey series, Alert alert) {
            line(series, "alert " + alert.state().name().toLowerCase(Locale.ROOT));
        }

        @Override
        public void failed(SeriesKey series, FailedWindow window) {
            line(series, "failed " + window.startMs() + " " + window.values() + ": " + window.reason());
        }
    }
}
