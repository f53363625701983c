package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeTokens;
import dev.limpid.onnx.MuddledTokens;
import dev.limpid.onnx.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code limpid score} and {@code limpid denoise} of tokens, with a model that gives back what came. */
class TokenCommandsTest {
    @TempDir
    Path folder;

    private Path definition;
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void define() throws IOException {
        definition = define(folder);
    }

    /** A definition of a model that gives back what comes, of the tokens t0, t1 and t2. */
    static Path define(Path folder) throws IOException {
        Path model = folder.resolve("tiny.onnx");
        Files.write(
                model,
                TinyModel.tokens(8, FakeTokens.vocabulary("t0", "t1", "t2")).bytes());
        return Files.writeString(
                folder.resolve("p.yaml"),
                "pipeline: p\nkind: tokens\ninput: {format: text}\nwindow: {length: 8}\nmodel: {bundled: " + model
                        + "}\n");
    }

    private int run(String... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        return line.execute(arguments);
    }

    @Test
    void score_gives_a_row_for_each_session() throws IOException {
        // Given
        Path sessions = Files.writeString(folder.resolve("in.txt"), "t0 t1 \nt0 t1 t2 t0 t1 t2 t0 t1 t2 t0\nnew\n");

        // When
        int exit = run(
                "score",
                definition.toString(),
                "--input",
                sessions.toString(),
                "--scores",
                folder.resolve("out.csv").toString());

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(folder.resolve("out.csv")))
                .hasSize(4)
                .startsWith("session,score,alert")
                .endsWith("3,1.0,false");
    }

    @Test
    void score_takes_log_lines_as_they_come_with_an_empty_one_behind_each_session() throws IOException {
        // Given
        Files.write(
                folder.resolve("log.onnx"),
                TinyModel.tokens(8, FakeTokens.vocabulary("took <*> ms", "ended"))
                        .bytes());
        Files.writeString(
                definition,
                "pipeline: p\nkind: tokens\ninput: {format: drain}\nwindow: {length: 8}\nmodel: {bundled: "
                        + folder.resolve("log.onnx") + "}\n");
        Path log = Files.writeString(
                folder.resolve("in.log"),
                "\n10:11:12 INFO took 7 ms\n10:11:13 INFO took 12 ms\n10:11:14 INFO ended\n\r\n\n10:11:15 WARN what is that\n");

        // When
        int exit = run(
                "score",
                definition.toString(),
                "--input",
                log.toString(),
                "--scores",
                folder.resolve("out.csv").toString());

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(folder.resolve("out.csv")))
                .hasSize(3)
                .startsWith("session,score,alert")
                .endsWith("2,1.0,false");
        assertThat(out.toString())
                .containsPattern("sessions +2")
                .containsPattern("tokens +4")
                .containsPattern("unknown +1");
    }

    @Test
    void denoise_gives_each_line_back() throws IOException {
        // Given
        String text = "t0 t1\n\nt2  new t0 \r\n[MASK]\n";
        Path sessions = Files.writeString(folder.resolve("in.txt"), text);

        // When
        int exit = run(
                "denoise",
                definition.toString(),
                "--input",
                sessions.toString(),
                "--cleaned",
                folder.resolve("out.txt").toString(),
                "--scores",
                folder.resolve("scores.csv").toString());

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo(text);
        assertThat(Files.readAllLines(folder.resolve("scores.csv"))).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void evaluate_counts_what_came_back_and_what_should_have_been_left_alone() throws IOException {
        // Given
        Path model = Files.write(
                folder.resolve("muddled.onnx"),
                MuddledTokens.of(8, FakeTokens.vocabulary("t0", "t1", "t2")).bytes());
        Path truth = Files.writeString(folder.resolve("was.txt"), "t0 t1 t2\n\nt1 t1 t2 t0\n");
        Path came = Files.writeString(folder.resolve("came.txt"), "t0 [MASK] t2\n\nt2 t1 new t0\n");
        Path page = folder.resolve("page.html");

        // When
        int exit = run(
                "evaluate",
                definition.toString(),
                "--model",
                model.toString(),
                "--input",
                came.toString(),
                "--clean",
                truth.toString(),
                "--report",
                page.toString(),
                "--output",
                "json");

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "\"tokens\" : 7", "\"masked\" : 1", "\"replaced\" : 2", "\"untouched\" : 4", "\"unknown\" : 1")
                .contains("\"right as they come\" : 0.57143");
        assertThat(page).content().contains("t0 [MASK] t2", "as they come");
    }

    @Test
    void evaluate_refuses_a_truth_of_another_length() throws IOException {
        // Given
        Path truth = Files.writeString(folder.resolve("was.txt"), "t0 t1 t2\n");
        Path came = Files.writeString(folder.resolve("came.txt"), "t0 t1\n");

        // When
        int exit = run("evaluate", definition.toString(), "--input", came.toString(), "--clean", truth.toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("was.txt, line 1 has 3 tokens, needs the 2 of the input");
    }
}
