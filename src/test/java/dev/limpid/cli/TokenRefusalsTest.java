package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands refuse of tokens, and what they say then. */
class TokenRefusalsTest {
    @TempDir
    Path folder;

    private Path definition;
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void define() throws IOException {
        definition = TokenCommandsTest.define(folder);
    }

    private int run(String... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        return line.execute(arguments);
    }

    @Test
    void a_line_that_cannot_be_read_is_named_and_nothing_is_written() throws IOException {
        // Given
        Path sessions = Files.writeString(folder.resolve("in.txt"), "t0\nt1 \0\n");

        // When
        int exit = run(
                "score",
                definition.toString(),
                "--input",
                sessions.toString(),
                "--scores",
                folder.resolve("out.csv").toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "in.txt: line 2: syntax: a control character at byte 3; a line is a session, tokens with spaces");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void a_file_that_is_not_there_is_said_to_be_so() {
        // When
        int exit = run("denoise", definition.toString(), "--input", "nowhere.txt", "--cleaned", "none.txt");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("limpid: nowhere.txt: no such file or folder\n");
    }

    @Test
    void nothing_is_trained_on_what_is_no_text() throws IOException {
        // Given
        Path sessions = folder.resolve("in.txt");
        Files.write(sessions, new byte[] {'t', '0', '\n', 't', (byte) 0xc3, (byte) 0x28, '\n'});

        // When
        int exit = run(
                "train",
                definition.toString(),
                "--clean",
                sessions.toString(),
                "--out",
                folder.resolve("out.onnx").toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("in.txt is no UTF-8 text, at line 1 or behind it");
        assertThat(folder.resolve("out.onnx")).doesNotExist();
    }

    @Test
    void records_of_json_are_not_taken_for_sessions() throws IOException {
        // Given
        Path records = Files.writeString(folder.resolve("in.json"), "{\"tokens\": [1, 2]}\n{\"token\":3}\n");

        // When
        int exit = run(
                "train",
                definition.toString(),
                "--clean",
                records.toString(),
                "--out",
                folder.resolve("out.onnx").toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("in.json holds records in JSON, wanted a session a line");
    }

    @Test
    void a_model_that_the_definition_could_not_run_is_not_trained() throws IOException {
        // Given
        Files.writeString(definition, Files.readString(definition) + "tokens: {session: {by: marker end}}\n");
        Path sessions = Files.writeString(folder.resolve("in.txt"), "t0 t1\n".repeat(20));

        // When
        int exit = run(
                "train",
                definition.toString(),
                "--clean",
                sessions.toString(),
                "--out",
                folder.resolve("out.onnx").toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("cannot train", "the marker 'end' is not in the vocabulary of 2 tokens");
    }

    @Test
    void a_topic_that_the_model_has_nothing_for_is_refused() throws IOException {
        // Given
        Files.writeString(definition, Files.readString(definition) + "output: {embeddings: p.embeddings}\n");

        // When
        int exit = run("pipeline", "check", definition.toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out + "" + err)
                .contains("it gives no latent vector, which output.embeddings of pipeline 'p' sends")
                .contains("; models of tokens have none: remove output.embeddings");
    }

    @Test
    void denoise_tells_what_a_line_should_be() throws IOException {
        // Given
        Path lines = Files.writeString(folder.resolve("in.txt"), "t0\nt1 \0\n");
        Path cleaned = folder.resolve("out.txt");

        // When
        int exit = run("denoise", definition.toString(), "--input", lines.toString(), "--cleaned", cleaned.toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("line 2: syntax: ", "; a line is a record as input.format: text has it");
        assertThat(cleaned).doesNotExist();
    }

    @Test
    void a_model_of_tokens_is_not_calibrated_after_its_training() throws IOException {
        // When
        int exit = run(
                "model",
                "calibrate",
                folder.resolve("any.onnx").toString(),
                "--definition",
                definition.toString(),
                "--out",
                folder.resolve("out.onnx").toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("kind is tokens; only models of signals", "train it anew");
    }

    @Test
    void score_is_for_tokens_only() throws IOException {
        // When
        int exit = run("score", "topology/ecg.yaml", "--input", "none", "--scores", "none.csv");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("pipeline 'ecg' is of kind signal, score is for tokens");
    }
}
