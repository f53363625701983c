package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.eval.DenoisingError;
import dev.limpid.train.CsvRecording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code limpid denoise topology/any-1d.yaml} makes of signals whose like models/any-1d.onnx was not trained on. */
class ShippedGeneralModelTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    private Path folder;

    /** The noise is 1. The wavelet and threshold that happen to be best for each function, chosen knowing it: 0.263, 0.469, 0.240, 0.315. */
    @Test
    void the_functions_of_donoho_and_johnstone_come_cleaner_than_by_the_best_wavelets() throws Exception {
        Map<String, Double> bars = Map.of("blocks", 0.15, "bumps", 0.28, "heavisine", 0.15, "doppler", 0.22);
        Map<String, float[]> file = columns("donoho_johnstone/dj_n2048_snr7.csv");
        Map<String, float[]> noisy = new LinkedHashMap<>(file);
        noisy.keySet().removeIf(name -> !name.startsWith("noisy_"));

        Map<String, float[]> cleaned = denoised(noisy);

        bars.forEach((signal, bar) -> {
            double sum = 0;
            for (int seed = 0; seed < 5; seed++) {
                String column = "noisy_" + signal + "_seed" + seed;
                sum += error(file.get("clean_" + signal), noisy.get(column), cleaned.get(column))
                        .rmse();
            }
            assertThat(sum / 5).as(signal).isLessThan(bar);
        });
    }

    /** A Wiener filter that knows the noise gains 6.6 to 6.9 dB, wavelets 6.4 to 7.1. */
    @ParameterizedTest(name = "{0}: white noise at 10 dB")
    @ValueSource(
            strings = {
                "test_mitdb100_MLII_same_patient_normal.csv",
                "test_mitdb100_MLII_same_patient_with_PVC.csv",
                "test_mitdb100_V5_other_lead.csv",
                "test_mitdb208_MLII_last2min_other_patient.csv"
            })
    void an_electrocardiogram_gains(String name) throws Exception {
        Map<String, float[]> file = columns("ecg_denoise/" + name);
        float[] noisy = file.get("white_10dB");

        float[] cleaned = denoised(Map.of("white_10dB", noisy)).get("white_10dB");

        assertThat(error(file.get("clean"), noisy, cleaned).gainDb()).isGreaterThan(8.5);
    }

    /** Signals with a formula, and noise with and without a colour; the noise is 1. */
    @ParameterizedTest(name = "correlation {0} of neighbours, spikes in {1} of the samples")
    @CsvSource({"0, 0", "0.5, 0", "0.8, 0", "0.95, 0", "0, 0.01", "0.5, 0.02"})
    void nothing_is_worse_than_the_raw_signal(double correlation, double spikes) throws Exception {
        // Given
        List<IntToDoubleFunction> signals = List.of(
                i -> 6 * Math.sin(2 * Math.PI * i / 300.0),
                i -> i / 700 % 2 == 0 ? -4 : 5,
                i -> 12 * Math.exp(-Math.pow((i % 250 - 125) / 9.0, 2)),
                i -> 0.01 * i + 3 * Math.cos(i * i * 2e-5),
                i -> 20 + 2 * Math.sin(i * 0.31) * Math.sin(i * 0.004));
        SplittableRandom random = new SplittableRandom(20);
        Map<String, float[]> clean = new LinkedHashMap<>();
        Map<String, float[]> noisy = new LinkedHashMap<>();
        for (int k = 0; k < signals.size(); k++) {
            float[] target = new float[4000];
            float[] raw = new float[target.length];
            double state = random.nextGaussian();
            for (int i = 0; i < target.length; i++) {
                double spike = random.nextDouble() < spikes ? 15 * (random.nextBoolean() ? 1 : -1) : 0;
                target[i] = (float) signals.get(k).applyAsDouble(i);
                raw[i] = (float) (target[i] + state + spike);
                state = correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            }
            clean.put("x" + k, target);
            noisy.put("x" + k, raw);
        }

        // When
        Map<String, float[]> cleaned = denoised(noisy);

        // Then
        clean.forEach((name, target) -> assertThat(
                        error(target, noisy.get(name), cleaned.get(name)).gainDb())
                .as(name)
                .isGreaterThan(0));
    }

    private static Map<String, float[]> columns(String file) throws Exception {
        assumeTrue(Files.exists(DATA.resolve(file)), "skipped: no " + DATA + " beside the checkout");
        return columns(DATA.resolve(file));
    }

    private static Map<String, float[]> columns(Path file) throws Exception {
        CsvRecording csv = CsvRecording.read(file);
        Map<String, float[]> columns = new LinkedHashMap<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            columns.put(csv.columns().get(i), csv.recording().channels().get(i));
        }
        return columns;
    }

    private Map<String, float[]> denoised(Map<String, float[]> noisy) throws Exception {
        Path input = folder.resolve("noisy.csv");
        Path cleaned = folder.resolve("cleaned.csv");
        StringBuilder csv = new StringBuilder(String.join(",", noisy.keySet()));
        int rows = noisy.values().iterator().next().length;
        for (int i = 0; i < rows; i++) {
            int row = i;
            csv.append('\n')
                    .append(noisy.values().stream()
                            .map(column -> String.valueOf(column[row]))
                            .collect(Collectors.joining(",")));
        }
        Files.writeString(input, csv.append('\n'));
        StringWriter err = new StringWriter();
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(
                "denoise",
                "topology/any-1d.yaml",
                "--input",
                input.toString(),
                "--cleaned",
                cleaned.toString(),
                "--each-column");
        assertThat(code).as(err.toString()).isZero();
        return columns(cleaned);
    }

    private static DenoisingError error(float[] target, float[] before, float[] after) {
        assertThat(after).hasSameSizeAs(before);
        DenoisingError error = new DenoisingError();
        for (int i = 0; i < target.length; i++) {
            error.add(target[i], before[i], after[i]);
        }
        return error;
    }
}
