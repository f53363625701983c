package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.train.Recording;
import dev.limpid.train.Supervision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainNoisyCommandTest {
    private static final int ROWS = 1500;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path noisy = Path.of("");

    @BeforeEach
    void files() throws IOException {
        StringBuilder rows = new StringBuilder("lead,second\n");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < ROWS; i++) {
            double clean = Math.sin(i * 0.3);
            rows.append((float) (clean + 0.3 * random.nextGaussian())).append(',');
            rows.append((float) (clean + 0.3 * random.nextGaussian())).append('\n');
        }
        noisy = Files.writeString(folder.resolve("noisy.csv"), rows);
    }

    @Test
    void a_noisy_file_alone_gives_a_model_and_says_how_much_noise_there_is() throws Exception {
        // Given
        Path model = folder.resolve("toy.onnx");
        Path report = folder.resolve("toy.html");

        // When
        int code = run("blind-spot", "--noisy", noisy.toString(), "--report", report.toString(), "--output", "json");

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.size(model)).isPositive();
        assertThat(out.toString())
                .contains("\"noiseSigma\" : 0.", "\"removedLjungBox\"", "\"heldOutMaskedRmse\"")
                .doesNotContain("heldOutSnrGainDb");
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("learned from noisy recordings, blind spot of 4 masks", "| noiseSigma | 0.")
                .contains("Nobody knows the truth here");
        assertThat(Files.readString(report)).contains("noiseSigma", "<svg");
    }

    @Test
    void spans_that_are_marked_or_alerted_and_gaps_are_left_out() throws Exception {
        // Given: at 100 Hz a row is 10 ms
        List<String> lines = new ArrayList<>(Files.readAllLines(noisy));
        lines.set(1 + 900, ",");
        Files.write(noisy, lines);
        Path marked = Files.writeString(folder.resolve("marked.csv"), "start,end,why\n1000,1990,lead off\n");
        Path alerts = Files.writeString(
                folder.resolve("alerts.json"),
                "{\"state\":\"RAISED\",\"start\":3000,\"at\":3490}\n{\"state\":\"CLEARED\",\"start\":3000,\"at\":3990}\n");

        // When
        int code = run(
                "blind-spot",
                "--noisy",
                noisy.toString(),
                "--exclude",
                marked.toString(),
                "--exclude",
                alerts.toString());

        // Then: 100 rows each time, and one
        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("1299 of 1500 noisy samples; the others are missing or excluded");
    }

    @Test
    void windows_that_raise_an_alert_by_their_scores_are_left_out() throws Exception {
        // Given: windows of 320 ms every 160 ms, four of them far off
        StringBuilder scores = new StringBuilder("series,start,end,score,observed,absence\n");
        for (int window = 0; window < 90; window++) {
            double score = window >= 50 && window < 54 ? 40 : 1 + 0.1 * (window % 3);
            scores.append("toy,")
                    .append(window * 160)
                    .append(',')
                    .append(window * 160 + 310)
                    .append(',');
            scores.append(score).append(",1,\n");
        }
        Path file = Files.writeString(folder.resolve("scores.csv"), scores);

        // When
        int code = run("blind-spot", "--noisy", noisy.toString(), "--exclude-alerts", file.toString());

        // Then: raised with the second window, 51, and cleared with the third normal one, 56: 8160 to 9270 ms
        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("1388 of 1500 noisy samples");
    }

    @Test
    void a_step_in_time_is_a_gap() throws Exception {
        // Given: half an hour is missing in the middle
        List<String> lines = Files.readAllLines(noisy);
        StringBuilder timed = new StringBuilder("timestamp,lead,second\n");
        for (int i = 1; i < lines.size(); i++) {
            long ms = 1_700_000_000_000L + i * 10L + (i > 700 ? 1_800_000 : 0);
            timed.append(ms).append(',').append(lines.get(i)).append('\n');
        }
        Files.writeString(noisy, timed);
        Path marked = Files.writeString(
                folder.resolve("marked.csv"), "start,end\n2023-11-14T22:13:20.010Z,2023-11-14T22:13:21.000Z\n");

        // When
        int code = run("blind-spot", "--noisy", noisy.toString(), "--exclude", marked.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("1400 of 1500 noisy samples");
    }

    @Test
    void a_second_sensor_may_be_columns_or_files() throws Exception {
        // Given
        Path other = Files.copy(noisy, folder.resolve("other.csv"));

        // When, Then
        assertThat(run("{ kind: noise2noise, second: [second] }", "--noisy", noisy.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("noise2noise", "--noisy", noisy.toString(), "--paired", other.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("noise2noise", "--noisy", noisy.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("0 --paired for 1 --noisy; noise2noise needs as many");
    }

    @Test
    void two_sensors_are_paired_by_time_and_a_gap_in_one_is_one_in_both() throws Exception {
        // Given: time steps by a minute in one at row 500, in the other at row 1000, so rows 500 to 999 have none of
        // the same time
        Path second = folder.resolve("second.csv");
        Files.write(second, timed(1000));
        Files.write(noisy, timed(500));
        List<String> problems = new ArrayList<>();
        NoisyOptions options = new NoisyOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("noisy", mixin(options)))
                .parseArgs("--noisy", noisy.toString(), "--paired", second.toString());
        Definition toy = DefinitionLoader.load(definition("noise2noise"), Map.of());

        // When
        List<Recording> read =
                new NoisyFiles(toy, List.of(), problems).read(options, new Supervision.NoiseToNoise(List.of()));

        // Then: both hold the same rows all along, and NaN at the same place
        assertThat(problems).isEmpty();
        float[] first = read.get(0).channels().get(0);
        assertThat(first)
                .hasSize(ROWS - 500 + 1)
                .containsExactly(read.get(0).channels().get(1));
        assertThat(first[500]).isNaN();
    }

    @Test
    void a_pair_of_other_length_is_refused_without_timestamps_as_is_one_of_another_time() throws Exception {
        // Given
        List<String> lines = Files.readAllLines(noisy);
        Path shorter = Files.write(folder.resolve("shorter.csv"), lines.subList(0, 1_400));
        List<String> timed = timed(ROWS);
        Path late = Files.write(
                folder.resolve("late.csv"),
                timed.stream().map(line -> line.replace("17000", "18000")).toList());

        // When
        int rows = run("noise2noise", "--noisy", noisy.toString(), "--paired", shorter.toString());
        Files.write(noisy, timed);
        int times = run("noise2noise", "--noisy", noisy.toString(), "--paired", late.toString());

        // Then
        assertThat(List.of(rows, times)).containsOnly(1);
        assertThat(err.toString())
                .contains("has 1399 samples", "without a column timestamp they are paired row by row")
                .contains("no timestamp of noisy.csv", "late.csv", "with the same clock");
    }

    private static CommandLine.Model.CommandSpec mixin(Object options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    /** The rows with a time each, that steps by a minute in front of {@code row}. */
    private List<String> timed(int row) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("noisy.csv"));
        List<String> timed = new ArrayList<>(List.of("timestamp,lead"));
        for (int i = 0; i < ROWS; i++) {
            String value = lines.get(1 + i);
            timed.add(1_700_000_000_000L + i * 10L + (i >= row ? 60_000 : 0) + ","
                    + value.substring(value.lastIndexOf(',') + 1));
        }
        return timed;
    }

    @Test
    void what_is_of_files_is_refused_where_a_topic_is_read() throws Exception {
        int code = run("blind-spot", "--from-topic", "--noisy", noisy.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("--noisy, --paired and --exclude-alerts are for files and --from-topic reads none; leave them"
                        + " out (what raised alerts is, as the alerts topic says), or give --noisy FILE alone");
        assertThat(run("noise2noise", "--from-topic")).isEqualTo(1);
        assertThat(err.toString())
                .contains("train.supervision noise2noise needs a second sensor, which --from-topic does not read;"
                        + " take blind-spot or noisier2noise, or give --noisy FILE");
    }

    @Test
    void what_does_not_fit_together_is_told_at_once() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "from,to\n1,2\n");

        int code = run("blind-spot", "--clean", noisy.toString(), "--exclude", bad.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("train.supervision learns from noisy recordings: give --noisy instead of --clean")
                .contains("no noisy recording given: --noisy FILE")
                .contains("bad.csv: column 'start' is ''")
                .contains("wanted milliseconds or ISO 8601 in columns start and end");
        assertThat(run("clean", "--noisy", noisy.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("are for noisy recordings, train.supervision is clean");
    }

    private int run(String supervision, String... arguments) throws IOException {
        Path definition = definition(supervision);
        List<String> line = new ArrayList<>(List.of(
                "train",
                definition.toString(),
                "--out",
                folder.resolve("toy.onnx").toString()));
        line.addAll(List.of(arguments));
        CommandLine limpid = Limpid.commandLine();
        limpid.setOut(new PrintWriter(out, true));
        limpid.setErr(new PrintWriter(err, true));
        return limpid.execute(line.toArray(new String[0]));
    }

    private Path definition(String supervision) throws IOException {
        return Files.writeString(
                folder.resolve("toy.yaml"),
                """
                pipeline: toy
                input: { topic: toy.raw, format: json, channels: [lead], sample-rate-hz: 100 }
                window: { length: 32, hop: 16 }
                model: { name: toy, bundled: toy.onnx }
                train:
                  network: unet
                  widths: [4, 6]
                  patch: 2
                  steps: 4
                  batch: 4
                  evaluate-every: 2
                  supervision: %s
                """
                        .formatted(supervision));
    }
}
