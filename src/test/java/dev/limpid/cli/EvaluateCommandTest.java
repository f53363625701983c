package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.onnx.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    private static final Path KIT = Path.of("../shared");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path definition = Path.of("");

    @BeforeEach
    void pipeline() throws IOException {
        Files.write(folder.resolve("toy.onnx"), TinyModel.halving(1, 32).bytes());
        definition = Files.writeString(
                folder.resolve("toy.yaml"),
                """
                pipeline: toy
                input: { topic: toy.raw, format: json, channels: [lead], sample-rate-hz: 100 }
                window: { length: 32, hop: 16 }
                model: { name: toy, bundled: toy.onnx }
                """);
    }

    @Test
    void a_model_that_halves_is_graded_against_the_truth_beside_the_filters() throws Exception {
        // Given twice the truth as noisy signal, so that half of it is right but for rounding
        StringBuilder noisy = new StringBuilder("a,b,clean\n");
        for (int i = 0; i < 400; i++) {
            double truth = Math.sin(i * 0.2);
            noisy.append((float) (2 * truth))
                    .append(',')
                    .append((float) (2.02 * truth))
                    .append(',')
                    .append((float) truth)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("noisy.csv"), noisy);
        Path page = folder.resolve("report.html");

        // When
        JsonNode result = evaluate(
                "--input", file.toString(), "--clean", file.toString(), "--each-column", "--report", page.toString());

        // Then: the column that holds the truth is no case
        JsonNode model = result.at("/methods/0");
        assertThat(model.at("/cases").fieldNames()).toIterable().containsExactly("a", "b");
        assertThat(model.at("/cases/b/snrInDb").asDouble()).isCloseTo(-20 * Math.log10(1.02), within(1e-3));
        assertThat(model.at("/cases/b/snrGainDb").asDouble()).isCloseTo(20 * Math.log10(1.02 / 0.01), within(1e-2));
        assertThat(result.at("/methods").findValuesAsText("method"))
                .containsExactly("model tiny", "band-pass", "median", "savitzky-golay", "wiener", "wavelet");
        assertThat(result.at("/methods/1/mean/snrGainDb").asDouble()).isLessThan(5);
        assertThat(Files.readString(page)).contains("Worst: ", "graded on", "noisy.csv, SHA-256 ");
    }

    @Test
    void without_the_truth_hidden_samples_are_told_by_the_model_and_by_each_filter() throws Exception {
        // Given a slow sine in white noise, with a hole
        StringBuilder noisy = new StringBuilder("lead\n");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 2_000; i++) {
            noisy.append(i == 700 ? "" : (float) (Math.sin(i * 0.05) + 0.1 * random.nextGaussian()))
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("noisy.csv"), noisy);

        // When
        JsonNode result = evaluate("--input", file.toString(), "--filters", "savitzky-golay 15 degree 2, median 3");

        // Then: halving tells half of the last value held
        assertThat(result.at("/cleanReference").asBoolean()).isFalse();
        assertThat(result.at("/methods/0/mean/maskedRmse").asDouble()).isBetween(0.3, 0.5);
        assertThat(result.at("/methods/1/mean/maskedRmse").asDouble()).isBetween(0.09, 0.13);
        assertThat(result.at("/methods/1/mean/predictedDb").asDouble()).isBetween(14.0, 18.0);
        assertThat(result.at("/methods/1/parameters").asText()).isEqualTo("width 15, degree 2");
    }

    @Test
    void what_does_not_fit_is_refused_with_a_reason() throws Exception {
        Path file = Files.writeString(folder.resolve("noisy.csv"), "lead\n1\n2\n3\n");
        Path other = Files.writeString(folder.resolve("clean.csv"), "x,y\n1,1\n2,2\n3,3\n");
        Path shorter = Files.writeString(folder.resolve("short.csv"), "lead\n1\n");

        assertThat(run("--input", file.toString(), "--clean", other.toString())).isOne();
        assertThat(err.toString()).contains("no clean values for column 'lead'");
        assertThat(run("--input", file.toString(), "--clean", shorter.toString()))
                .isOne();
        assertThat(err.toString()).contains("the clean file has 1 rows").contains("has 3");
        assertThat(run("--input", file.toString(), "--filters", "magic")).isOne();
        assertThat(err.toString()).contains("'magic'").contains("wanted some of: band-pass");
    }

    @Test
    void its_figures_are_those_of_the_scoring_script() throws Exception {
        // Given
        Path script = KIT.resolve("eval/denoise_score.py");
        Path test = KIT.resolve("data/ecg_denoise/test_mitdb100_MLII_same_patient_with_PVC.csv");
        assumeTrue(Files.exists(script) && Files.exists(test), "skipped: no scoring kit beside the checkout");
        assumeTrue(hasNumpy(), "skipped: no python3 with numpy");
        List<String> lines = Files.readAllLines(test).subList(0, 3_001);
        Path noisy = Files.write(folder.resolve("test.csv"), lines);
        Path cleaned = folder.resolve("cleaned.csv");
        run(
                "denoise",
                "topology/ecg.yaml",
                List.of("--input", noisy.toString(), "--cleaned", cleaned.toString(), "--each-column"));

        // When
        definition = Path.of("topology/ecg.yaml");
        JsonNode result = evaluate("--input", noisy.toString(), "--clean", noisy.toString(), "--each-column");
        String scored =
                output("python3", script.toString(), "--test", noisy.toString(), "--cleaned", cleaned.toString());

        // Then
        JsonNode cases = result.at("/methods/0/cases");
        assertThat(cases.size()).isEqualTo(8);
        cases.properties().forEach(each -> {
            String line = scored.lines()
                    .filter(text -> text.startsWith(each.getKey() + " "))
                    .findFirst()
                    .orElseThrow();
            String[] words = line.replace("%", "").replace(")", "").trim().split("\\s+");
            JsonNode figures = each.getValue();
            assertThat(figures.get("snrInDb").asDouble()).isCloseTo(Double.parseDouble(words[2]), within(0.006));
            assertThat(figures.get("snrGainDb").asDouble()).isCloseTo(Double.parseDouble(words[4]), within(0.006));
            assertThat(figures.get("rmse").asDouble()).isCloseTo(Double.parseDouble(words[7]), within(6e-5));
            assertThat(figures.get("prdPercent").asDouble()).isCloseTo(Double.parseDouble(words[11]), within(0.06));
        });
    }

    private static boolean hasNumpy() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import numpy").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private JsonNode evaluate(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        int code = run(all.toArray(new String[0]));
        assertThat(code).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int run(String... arguments) {
        return run("evaluate", definition.toString(), List.of(arguments));
    }

    private int run(String command, String file, List<String> arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(command, file));
        all.addAll(arguments);
        return line.execute(all.toArray(new String[0]));
    }
}
