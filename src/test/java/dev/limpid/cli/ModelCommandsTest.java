package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code limpid model verify|inspect|diff}. */
class ModelCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        return line.execute(arguments);
    }

    private String file(String name, TinyModel model) throws Exception {
        return Files.write(folder.resolve(name), model.bytes()).toString();
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void verify_lists_every_check_of_a_good_model() throws Exception {
        assertThat(run("model", "verify", file("m.onnx", TinyModel.halving(1, 8))))
                .isZero();
        assertThat(out.toString())
                .contains(": would be admitted")
                .containsPattern("(?m)^  child +ok +\\d+ ms$")
                .containsPattern("(?m)^  latency +ok");
    }

    @Test
    void verify_names_the_check_that_refused_and_those_not_reached() throws Exception {
        // When
        int code = run(
                "model",
                "verify",
                file("m.onnx", TinyModel.identity(1, 8)),
                "--definition",
                "topology/demo.yaml",
                "--output",
                "json");

        // Then
        assertThat(code).isEqualTo(1);
        JsonNode checks = json().get("checks");
        assertThat(checks).hasSize(9);
        assertThat(checks.get(3).get("check").asText()).isEqualTo("shape");
        assertThat(checks.get(3).get("result").asText()).isEqualTo("refused");
        assertThat(checks.get(3).get("details").get(0).asText()).contains("retrain with window.length=512");
        assertThat(checks.get(2).get("result").asText()).isEqualTo("ok");
        assertThat(checks.get(4).get("result").asText()).isEqualTo("not reached");
    }

    @Test
    void inspect_says_what_a_file_holds_with_and_without_metadata() throws Exception {
        assertThat(run("model", "inspect", "models/demo.onnx")).isZero();
        assertThat(out.toString()).contains("demo:1").contains("Conv 22").contains("clean float32 [-1,1,512]");
        assertThat(out.toString()).containsPattern("(?m)^card +models/demo\\.md$");
        out.getBuffer().setLength(0);

        String foreign = file("f.onnx", TinyModel.halving(1, 8).withoutMetadata());
        assertThat(run("model", "inspect", foreign, "--output", "json")).isZero();
        assertThat(json().get("metadata").isNull()).isTrue();
        assertThat(json().get("card").isNull()).isTrue();
        assertThat(json().get("graph").get("operators").get("Mul").asInt()).isEqualTo(1);
    }

    @Test
    void inspect_says_how_large_a_vocabulary_is_and_what_it_holds_most_of_and_recommends_nothing_that_refuses_tokens()
            throws Exception {
        // Given eleven tokens: of 100 in training one made up 91, nine one each, and one was not there
        List<Vocabulary.Entry> entries = new ArrayList<>(List.of(new Vocabulary.Entry("a\nb", 91)));
        for (int i = 1; i < 10; i++) {
            entries.add(new Vocabulary.Entry("t" + i, 1));
        }
        entries.add(new Vocabulary.Entry("x".repeat(50), 0));
        String tokens = file("t.onnx", TinyModel.tokens(8, new Vocabulary(entries)));

        // When
        assertThat(run("model", "inspect", tokens)).isZero();

        // Then
        assertThat(out.toString())
                .containsPattern("(?m)^kind +tokens$")
                .containsPattern("(?m)^window +8 tokens$")
                .containsPattern(
                        "(?m)^vocabulary +11 tokens; of the 100 in training 1 make up 90 %, 9 make up 99 %; 1 were not there$")
                .containsPattern("(?m)^frequent +'a\\?b' 91\\.0 %, 't1' 1\\.0 %, ")
                .doesNotContain("calibrate\n", "channels", "range");
        out.getBuffer().setLength(0);
        assertThat(run("model", "inspect", tokens, "--output", "json")).isZero();
        JsonNode vocabulary = json().get("metadata").get("vocabulary");
        assertThat(vocabulary.get("tokens").asInt()).isEqualTo(11);
        assertThat(vocabulary.get("make99Percent").asInt()).isEqualTo(9);
        assertThat(vocabulary.get("mostFrequent")).hasSize(8);
        assertThat(vocabulary.get("mostFrequent").get(0).get("count").asInt()).isEqualTo(91);
    }

    @Test
    void inspect_says_what_frames_a_model_takes_and_that_only_training_gives_it_a_range() throws Exception {
        // When
        assertThat(run("model", "inspect", file("f.onnx", TinyModel.frames(1, 1, 4, 6, 2))))
                .isZero();

        // Then
        assertThat(out.toString())
                .containsPattern("(?m)^kind +frame$")
                .containsPattern("(?m)^window +2 frames of 4 x 6 pixels$")
                .containsPattern("(?m)^range +not known; train it anew$");
    }

    @Test
    void diff_of_other_kinds_than_signals_says_what_to_run_instead() throws Exception {
        // Given
        String tokens = file("t.onnx", TinyModel.tokens(48, FakeTokens.vocabulary("a", "b")));
        String frames = file("f.onnx", TinyModel.frames(1, 1, 28, 28, 1));
        String input = Files.writeString(folder.resolve("in.txt"), "a b\n").toString();

        // Then
        assertThat(run("model", "diff", tokens, tokens, "--input", input)).isEqualTo(1);
        assertThat(out.toString()).contains("these models clean tokens; run 'limpid denoise FILE");
        out.getBuffer().setLength(0);
        assertThat(run("model", "diff", frames, frames, "--input", input, "--definition", "topology/frames.yaml"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("these models clean frames; run 'limpid denoise FILE");
    }

    @Test
    void verify_refuses_a_vocabulary_that_the_definition_cannot_run_with() throws Exception {
        // Given a model that has the mask as a token, and lacks the marker
        String model = file("t.onnx", TinyModel.tokens(8, FakeTokens.vocabulary("a", "[MASK]")));
        Path definition = Files.writeString(
                folder.resolve("p.yaml"),
                "pipeline: p\nkind: tokens\nwindow: {length: 8}\ntokens: {session: {by: marker end}}\n");

        // When
        int code = run("model", "verify", model, "--definition", definition.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains(": refused")
                .containsPattern("(?m)^  metadata +refused +tokens.session: the marker 'end' is not in the vocabulary")
                .contains("tokens.masked: '[MASK]' is a token of the vocabulary");
    }

    @Test
    void diff_says_how_far_two_models_are_apart() throws Exception {
        // Given
        StringBuilder rows = new StringBuilder("c0\n");
        for (int i = 0; i < 100; i++) {
            rows.append(i % 2 == 0 ? "2\n" : "-2\n");
        }
        Path input = Files.writeString(folder.resolve("in.csv"), rows);

        // When
        int code = run(
                "model",
                "diff",
                file("a.onnx", TinyModel.identity(1, 8)),
                file("b.onnx", TinyModel.halving(1, 8)),
                "--input",
                input.toString(),
                "--output",
                "json");

        // Then
        assertThat(code).as(out.toString()).isZero();
        assertThat(json().get("rows").asInt()).isEqualTo(100);
        assertThat(json().get("cleaned").get("rms").asDouble()).isEqualTo(1);
        assertThat(json().get("cleaned").get("greatest").asDouble()).isEqualTo(1);
        // the residual is 1, its scale 0.5
        assertThat(json().get("scoresA").get(3).asDouble()).isZero();
        assertThat(json().get("scoresB").get(3).asDouble()).isEqualTo(2);
    }

    @Test
    void keygen_without_effect_says_what_it_would_write_and_refuses_what_is_there() throws Exception {
        // When
        String key = folder.resolve("key").toString();
        int code = run("model", "keygen", "--out", key, "--dry-run", "--output", "json");

        // Then
        assertThat(code).isZero();
        assertThat(json().get("private").asText()).isEqualTo(key);
        assertThat(json().get("public").asText()).isEqualTo(key + ".pub");
        assertThat(json().get("dryRun").asBoolean()).isTrue();
        assertThat(folder).isEmptyDirectory();
        Files.writeString(folder.resolve("key.pub"), "");
        assertThat(run("model", "keygen", "--out", key, "--dry-run")).isEqualTo(1);
        assertThat(out.toString()).contains("key.pub exists already; a key is never overwritten");
    }

    @Test
    void adopt_without_effect_checks_everything_and_writes_nothing() throws Exception {
        // Given
        StringBuilder rows = new StringBuilder("lead\n");
        for (int i = 0; i < 100; i++) {
            rows.append(i % 2 == 0 ? "2\n" : "-2\n");
        }
        Path data = Files.writeString(folder.resolve("in.csv"), rows);
        String foreign = file("theirs.onnx", TinyModel.halving(1, 8).withoutMetadata());
        Path adopted = folder.resolve("made/ours.onnx");
        String[] arguments = {
            "model",
            "adopt",
            foreign,
            "--window",
            "8",
            "--channels",
            "lead",
            "--calibrate",
            data.toString(),
            "--out",
            adopted.toString(),
            "--dry-run"
        };

        // When
        int code = run(arguments);

        // Then
        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString()).containsPattern("(?m)^dryRun +true$").contains("theirs:1");
        assertThat(adopted.getParent()).doesNotExist();
        arguments[4] = "9";
        assertThat(run(arguments)).isEqualTo(1);
    }
}
