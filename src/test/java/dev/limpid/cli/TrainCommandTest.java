package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path definition = Path.of("");
    private Path clean = Path.of("");
    private Path noise = Path.of("");

    @BeforeEach
    void files() throws IOException {
        definition = Files.writeString(
                folder.resolve("toy.yaml"),
                """
                pipeline: toy
                input: { topic: toy.raw, format: json, channels: [lead], sample-rate-hz: 100 }
                window: { length: 32, hop: 16 }
                model: { name: toy, bundled: toy.onnx }
                train: { network: unet, widths: [4, 6], patch: 2, unit: V, steps: 4, batch: 4, evaluate-every: 2 }
                """);
        StringBuilder signal = new StringBuilder("lead\n");
        StringBuilder hum = new StringBuilder("a,b\n");
        for (int i = 0; i < 1000; i++) {
            signal.append((float) Math.sin(i * 0.3)).append('\n');
            hum.append((float) Math.cos(i * 0.9)).append(',').append(i % 7).append('\n');
        }
        clean = Files.writeString(folder.resolve("clean.csv"), signal);
        noise = Files.writeString(folder.resolve("noise.csv"), hum);
    }

    @Test
    void it_writes_model_card_and_picture_and_says_how_to_do_it_again() throws Exception {
        // Given
        Path model = folder.resolve("toy.onnx");

        // When
        int code = run(
                "--clean",
                clean.toString(),
                "--noise",
                noise.toString(),
                "--out",
                model.toString(),
                "--source",
                "made up here",
                "--report",
                folder.resolve("toy.html").toString(),
                "--output",
                "json");

        // Then
        assertThat(err.toString()).contains("4/4");
        assertThat(code).isZero();
        assertThat(Files.size(model)).isPositive();
        assertThat(Files.size(folder.resolve("toy.png"))).isPositive();
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("# toy:1")
                .contains("- made up here")
                .contains("unet 4-6, patch 2")
                .contains("bin/limpid train")
                .contains("--source 'made up here'");
        assertThat(out.toString()).contains("\"heldOutSnrGainDb\"").contains("collapse to the mean", "too little data");
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("| model toy |", "| band-pass |", "- too little data: ");
        assertThat(Files.readString(folder.resolve("toy.html"))).contains("<h2>Learning</h2>", "noise.csv");
    }

    @Test
    void synthetic_signals_need_no_file() throws Exception {
        // Given
        Files.writeString(
                definition, Files.readString(definition).replace("train: {", "train: { synthetic: { missing: 0.2 },"));
        Path model = folder.resolve("toy.onnx");
        Path report = folder.resolve("toy.html");

        // When
        int code = run("--out", model.toString(), "--report", report.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.size(model)).isPositive();
        assertThat(Files.readString(report)).contains("on held-out windows", "<svg");
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("made-up signals: smooth 10 %", "samples missing in 0.2", "windows from other seeds");

        // When
        code = run("--clean", clean.toString(), "--out", model.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("train.synthetic makes its signals up; --clean and --noise have no meaning");
    }

    @Test
    void without_synthetic_signals_a_recording_is_needed() {
        assertThat(run("--out", folder.resolve("m.onnx").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no clean recording given: --clean FILE");
    }

    @Test
    void minutes_become_steps_that_can_be_repeated() throws Exception {
        Path model = folder.resolve("toy.onnx");

        int code = run("--clean", clean.toString(), "--out", model.toString(), "--minutes", "0.0001");

        assertThat(code).isZero();
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("--steps ")
                .doesNotContain("--minutes");
    }

    @Test
    void widths_given_by_hand_replace_those_of_the_definition_and_are_in_the_command_of_the_card() throws Exception {
        Path model = folder.resolve("toy.onnx");

        int code = run("--clean", clean.toString(), "--out", model.toString(), "--widths", "3,5");

        assertThat(code).isZero();
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains("unet 3-5, patch 2")
                .contains("--widths 3,5");
    }

    @Test
    void nonsense_is_refused_with_everything_that_is_wrong() throws Exception {
        // Given
        Path bad = Files.writeString(folder.resolve("bad.csv"), "lead\n1\noops\n");

        // When
        int code = run(
                "--clean",
                bad.toString(),
                "--noise",
                "nowhere.csv",
                "--out",
                folder.resolve("m.onnx").toString(),
                "--steps",
                "3",
                "--minutes",
                "1");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("row 2, column lead, is 'oops'")
                .contains("nowhere.csv cannot be read")
                .contains("--steps and --minutes exclude each other");
        assertThat(folder.resolve("m.onnx")).doesNotExist();
    }

    @Test
    void a_sweep_plots_the_gain_and_trains_with_the_strength_that_is_best() throws Exception {
        // Given
        Path model = folder.resolve("toy.onnx");
        Path report = folder.resolve("toy.html");

        // When
        int code = run(
                "--clean",
                clean.toString(),
                "--out",
                model.toString(),
                "--sweep",
                "corruption",
                "--strengths",
                "0.5,2",
                "--sweep-steps",
                "2",
                "--report",
                report.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString())
                .containsPattern("sweep: strength 0.5 gains [-+].* dB after 2 steps")
                .containsPattern("sweep: strength 2.0 gains [-+].* dB after 2 steps")
                .containsPattern("sweep: trains with strength (0.5|2.0)");
        assertThat(Files.size(folder.resolve("toy.sweep.png"))).isPositive();
        assertThat(Files.readString(report)).contains("<h2>Strength of the corruption</h2>", "(picked)");
        assertThat(Files.readString(folder.resolve("toy.md")))
                .containsPattern("gaussian of (0.015..0.3|0.06..1.2) rms")
                .contains("--sweep corruption");
        assertThat(model).exists();
    }

    @Test
    void options_of_a_sweep_without_one_are_refused() {
        for (List<String> option : List.of(List.of("--strengths", "0.5,2"), List.of("--sweep-steps", "2"))) {
            int code = run(
                    "--clean",
                    clean.toString(),
                    "--out",
                    folder.resolve("m.onnx").toString(),
                    option.get(0),
                    option.get(1));

            assertThat(code).isEqualTo(1);
            assertThat(err.toString())
                    .contains(option.get(0) + " has no meaning without --sweep corruption; add that, or leave it out");
        }
    }

    private int run(String... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("train", definition.toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(new String[0]));
    }
}
