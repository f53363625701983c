package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.onnx.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code pipeline check}, {@code pipeline describe} and {@code denoise}, as they are typed. */
final class DefinitionCommandsTest {
    private static final String YAML =
            """
            pipeline: pump
            input: { channels: [a], sample-rate-hz: 50 }
            window: { length: 16 }
            model: { bundled: half.onnx }
            kafka: { ssl.key.password: hunter2 }
            """;

    @TempDir
    Path folder;

    private Path definition;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws Exception {
        definition = Files.writeString(folder.resolve("pump.yaml"), YAML);
        Files.write(folder.resolve("half.onnx"), TinyModel.halving(1, 16).bytes());
    }

    @Test
    void check_prints_what_it_understood_and_ends_with_0() {
        assertThat(execute("pipeline", "check", definition)).isZero();
        assertThat(out.toString())
                .contains("# " + definition, "expire-after: 7d")
                .doesNotContain("hunter2");
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("warning: kafka.bootstrap.servers is missing");
    }

    @Test
    void check_ends_with_1_if_one_of_the_definitions_is_refused() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), YAML.replace("length: 16", "length: 32, hop: 64"));
        Path misfit = Files.writeString(folder.resolve("misfit.yaml"), YAML.replace("length: 16", "length: 32"));
        assertThat(execute("pipeline", "check", "--output", "json", definition, wrong, misfit))
                .isEqualTo(1);
        JsonNode results = new ObjectMapper().readTree(out.toString()).get("results");
        assertThat(results.get(0).get("ok").asBoolean()).isTrue();
        assertThat(results.get(0).get("effective").get("window").get("hop").asInt())
                .isEqualTo(4);
        assertThat(results.get(1).get("problems").get(0).asText()).startsWith("window.hop: got 64");
        assertThat(results.get(2).get("problems").get(0).asText()).contains("'pump' needs [-1,1,32]");
    }

    @Test
    void wrong_usage_ends_with_2() {
        assertThat(execute("pipeline")).isEqualTo(2);
        assertThat(execute("pipeline", "check")).isEqualTo(2);
        assertThat(execute("pipeline", "describe", "--nonsense", definition)).isEqualTo(2);
        assertThat(execute("denoise", definition)).isEqualTo(2);
    }

    @Test
    void describe_says_the_way_of_the_data_and_its_latency() {
        assertThat(execute("pipeline", "describe", definition, "--topology")).isZero();
        Golden.verify("definition/describe.txt", out.toString().replaceAll("series-[0-9a-f]+", "series-HASH"));
    }

    @Test
    void the_latency_that_is_described_is_the_worst_case_of_the_arithmetic() {
        for (int[] shape :
                new int[][] {{512, 128, 512}, {512, 128, 256}, {16, 4, 3}, {16, 16, 16}, {7, 3, 5}, {1, 1, 0}}) {
            Definition each = DefinitionLoader.parse(
                    "x",
                    "pipeline: p\ninput: {channels: [a]}\nwindow: {length: %d, hop: %d, lookahead: %d}"
                            .formatted(shape[0], shape[1], shape[2]),
                    Map.of());
            Map<String, Object> tree = new Description(each, 100).tree();
            long first = 0;
            long later = 0;
            for (long slot = 0; slot < 10L * shape[0]; slot++) {
                long window = 0;
                while (each.window().finalBefore(window) <= slot) {
                    window++;
                }
                long wait = each.window().end(window) - 1 - slot;
                first = Math.max(first, wait);
                later = window == 0 ? later : Math.max(later, wait);
            }
            assertThat(tree.get("firstWindowLatencySamples")).isEqualTo((int) first);
            assertThat((int) tree.get("latencySamples")).isGreaterThanOrEqualTo((int) later);
            assertThat((int) tree.get("latencySamples") - later).isLessThan(shape[1]);
        }
    }

    @Test
    void denoise_writes_the_cleaned_rows_the_scores_and_a_picture() throws Exception {
        Path input = Files.writeString(folder.resolve("in.csv"), "a,b\n" + "2,4\n".repeat(100));
        assertThat(execute(
                        "denoise",
                        definition,
                        "--each-column",
                        "--output",
                        "json",
                        "--input",
                        input,
                        "--cleaned",
                        folder.resolve("out.csv"),
                        "--scores",
                        folder.resolve("scores.csv"),
                        "--plot",
                        folder.resolve("plot.png")))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("out.csv")).hasContent("a,b\n" + "1.0,2.0\n".repeat(100));
        assertThat(Files.readAllLines(folder.resolve("scores.csv")))
                .hasSize(1 + 2 * 22)
                .startsWith("series,start,end,score,observed,absence,share:a")
                .anyMatch(line -> line.startsWith("b,80,380,"));
        assertThat(Files.readAllBytes(folder.resolve("plot.png"))).startsWith(0x89, 'P', 'N', 'G');
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.get("rows").asInt()).isEqualTo(100);
        assertThat(summary.get("accepted").asInt()).isEqualTo(200);
        assertThat(summary.get("cleaned").asInt()).isEqualTo(200);
    }

    @Test
    void denoise_leaves_nothing_half_written() throws Exception {
        Path input = Files.writeString(folder.resolve("in.csv"), "a\n" + "2\n".repeat(100) + "x\n");
        assertThat(execute("denoise", definition, "--input", input, "--cleaned", folder.resolve("out.csv")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("in.csv: row 101: column 'a' is 'x'");
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(folder.resolve("out.csv.part")).doesNotExist();
    }

    private int execute(Object... arguments) {
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return line.execute(texts);
    }
}
