package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.LogLines;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code limpid train} and {@code limpid score --train} for definitions of tokens. */
class TrainTokensCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path sessions = Path.of("");

    @BeforeEach
    void sessions() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("open").append(" read".repeat(1 + i % 4)).append(" close\n");
        }
        sessions = Files.writeString(folder.resolve("sessions.txt"), text);
    }

    private String definition(String format, String train) throws IOException {
        return Files.writeString(
                        folder.resolve("toy.yaml"),
                        """
                        pipeline: toy
                        kind: tokens
                        input: { topic: toy.raw, format: %s }
                        tokens: { fill-above: 0.25 }
                        window: { length: 16, hop: 8 }
                        model: { name: toy, bundled: toy.onnx }
                        train: %s
                        """
                                .formatted(format, train))
                .toString();
    }

    private int run(String... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void it_writes_model_card_and_page_and_says_how_to_do_it_again() throws Exception {
        // Given
        String file = definition(
                "text", "{ width: 8, blocks: 2, steps: 20, batch: 8, evaluate-every: 10, score: { folds: 2 } }");
        Path model = folder.resolve("toy.onnx");
        Path page = folder.resolve("toy.html");

        // When
        int code = run(
                "train",
                file,
                "--clean",
                sessions.toString(),
                "--source",
                "made up, CC0",
                "--out",
                model.toString(),
                "--report",
                page.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("multiply-adds", "restored").doesNotContain("NaN", "dB");
        assertThat(out.toString()).contains("heldOutMaskedRestored", "thresholdCounts");
        assertThat(Files.readString(folder.resolve("toy.md")))
                .contains(
                        "# toy:1",
                        "fill-above: 0.25",
                        "made up, CC0",
                        "sessions.txt",
                        "bin/limpid train",
                        "--source 'made up, CC0'");
        assertThat(Files.readString(page)).contains("toy:1");
        assertThat(vocabulary(model, "toy")).containsExactly("read", "close", "open");
    }

    @Test
    void score_trains_first_if_it_is_told_to_and_leaves_no_model_behind() throws Exception {
        // Given
        String file = definition(
                "text", "{ width: 8, blocks: 2, steps: 150, batch: 8, evaluate-every: 10, score: { folds: 2 } }");
        Path input = Files.writeString(folder.resolve("in.txt"), "open read close\nopen boom close\n");
        Path scores = folder.resolve("scores.csv");

        // When
        int code = run(
                "score",
                file,
                "--train",
                sessions.toString(),
                "--input",
                input.toString(),
                "--scores",
                scores.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        List<String> rows = Files.readAllLines(scores);
        assertThat(rows).hasSize(3).startsWith("session,score,alert");
        assertThat(rows.get(1)).endsWith("false");
        assertThat(rows.get(2)).endsWith("true");
        assertThat(folder.resolve("toy.onnx")).doesNotExist();
    }

    @Test
    void a_definition_of_log_lines_is_trained_on_log_lines_and_its_tokens_are_templates() throws Exception {
        // Given: what one line is told, in twenty ways
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = new ArrayList<>();
        for (int session = 0; session < 40; session++) {
            for (int template : new int[] {1, 0, 2}) {
                lines.add(LogLines.line(template, random));
            }
            lines.add("");
        }
        Path log = Files.write(folder.resolve("raw.log"), lines);
        String file = definition(
                "drain", "{ width: 8, blocks: 2, steps: 4, batch: 8, evaluate-every: 2, score: { folds: 2 } }");
        Path model = folder.resolve("toy.onnx");

        // When
        int code = run("train", file, "--clean", log.toString(), "--out", model.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(vocabulary(model, "toy"))
                .containsExactlyInAnyOrder(
                        "Stored parcel <*> of weight <*> from <*>",
                        "Fetching parcel <*> out: <*> back: <*>",
                        "Courier <*> of parcel <*> resting");
    }

    @Test
    void a_training_that_was_killed_goes_on_to_the_same_bytes() throws Exception {
        // Given: one that nothing happened to, and one that was killed after its first checkpoint
        String file = definition(
                "text", "{ width: 8, blocks: 2, steps: 400, batch: 8, evaluate-every: 100, score: { folds: 2 } }");
        Path whole = folder.resolve("whole.onnx");
        assertThat(run("train", file, "--clean", sessions.toString(), "--out", whole.toString()))
                .as(err.toString())
                .isZero();
        Path state = folder.resolve("state");
        Path model = folder.resolve("killed.onnx");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Limpid.class.getName(),
                "train",
                file,
                "--clean",
                sessions.toString(),
                "--checkpoint",
                state.toString(),
                "--checkpoint-every",
                "10",
                "--out",
                model.toString());
        Process killed = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        for (int tries = 0; tries < 6_000 && killed.isAlive() && !Files.exists(state); tries++) {
            Thread.sleep(10);
        }
        killed.destroyForcibly().waitFor();
        assertThat(state).as(Files.readString(folder.resolve("killed.log"))).exists();
        assertThat(model).doesNotExist();

        // When
        int code = run(command.subList(6, command.size()).toArray(String[]::new));

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.readAllBytes(model)).isEqualTo(Files.readAllBytes(whole));
        assertThat(state).doesNotExist();
    }

    @Test
    void nonsense_is_refused_with_every_problem_and_nothing_is_written() throws Exception {
        // Given
        String file = definition(
                "text",
                "{ network: transformer, width: 7, heads: 2, masks: 1, stepps: 3, corruption: [ mask: { chance: 2 } ] }");
        Path model = folder.resolve("toy.onnx");

        // When
        int options = run("train", file, "--noise", "n.csv", "--sweep", "corruption", "--out", model.toString());
        int block = run("train", file, "--clean", sessions.toString(), "--out", model.toString());
        int files = run("train", definition("text", "{}"), "--clean", "none.txt", "--out", model.toString());
        int none = run("train", definition("text", "{}"), "--out", model.toString());
        int few = run(
                "train",
                definition("text", "{ score: { folds: 40 } }"),
                "--clean",
                sessions.toString(),
                "--out",
                model.toString());

        // Then
        assertThat(Arrays.asList(options, block, files, none, few)).containsOnly(1);
        assertThat(err.toString())
                .contains("--noise, --sweep: not for kind tokens")
                .contains("stepps")
                .contains("none.txt cannot be read")
                .contains("no sessions given: --clean FILE, one session a line")
                .contains("there are 60 sessions, needs at least 80");
        assertThat(model).doesNotExist();
    }

    @Test
    void a_vocabulary_begins_with_that_of_another_model_if_it_is_told_to() throws Exception {
        // Given: a first model, and later sessions in which a new token is the most frequent
        String file = definition(
                "text", "{ width: 8, blocks: 2, steps: 4, batch: 8, evaluate-every: 2, score: { folds: 2 } }");
        Path first = folder.resolve("first.onnx");
        Path second = folder.resolve("second.onnx");
        Path later = Files.writeString(folder.resolve("later.txt"), "open seek seek seek seek close\n".repeat(20));
        assertThat(run("train", file, "--clean", sessions.toString(), "--out", first.toString()))
                .isZero();

        // When
        int code = run(
                "train",
                file,
                "--clean",
                later.toString(),
                "--vocabulary",
                first.toString(),
                "--out",
                second.toString());
        int none = run(
                "train",
                file,
                "--clean",
                later.toString(),
                "--vocabulary",
                later.toString(),
                "--out",
                second.toString());

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(vocabulary(second, "toy")).containsExactly("read", "close", "open", "seek");
        assertThat(none).isEqualTo(1);
        assertThat(err.toString()).contains("--vocabulary: ");
    }

    private static List<String> vocabulary(Path model, String name) throws Exception {
        try (Denoiser denoiser = ModelFile.open(model, Provider.CPU, new Expected(name, 1, 16, 4, Kind.TOKENS))
                .denoiser()) {
            return denoiser.spec().vocabulary().entries().stream()
                    .map(Vocabulary.Entry::token)
                    .toList();
        }
    }
}
