package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.eval.DenoisingError;
import dev.limpid.train.CsvRecording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
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

    /** The noise is 1. For each function, the wavelet and threshold that happen to be best for it, chosen knowing the function. */
    @ParameterizedTest(name = "{0}: root mean square error below {1}")
    @CsvSource({"blocks, 0.263", "bumps, 0.469", "heavisine, 0.240", "doppler, 0.315"})
    void the_functions_of_donoho_and_johnstone_come_cleaner_than_by_the_best_wavelets(String signal, double bar)
            throws Exception {
        CsvRecording noisy = shared("donoho_johnstone/dj_n2048_snr7.csv");
        CsvRecording cleaned = denoised(DATA.resolve("donoho_johnstone/dj_n2048_snr7.csv"));
        double sum = 0;
        for (int seed = 0; seed < 5; seed++) {
            String column = "noisy_" + signal + "_seed" + seed;
            sum += error(noisy, "clean_" + signal, column, cleaned).rmse();
        }
        assertThat(sum / 5).isLessThan(bar);
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
    void an_electrocardiogram_gains(String file) throws Exception {
        CsvRecording noisy = shared("ecg_denoise/" + file);
        CsvRecording cleaned = denoised(DATA.resolve("ecg_denoise/" + file));
        String column = noisy.columns().stream()
                .filter(name -> name.startsWith("white"))
                .findFirst()
                .orElseThrow();

        assertThat(error(noisy, "clean", column, cleaned).gainDb()).isGreaterThan(8);
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
        double[] state = new double[signals.size()];
        StringBuilder csv = new StringBuilder("clean_0,clean_1,clean_2,clean_3,clean_4,x_0,x_1,x_2,x_3,x_4\n");
        for (int i = 0; i < 4000; i++) {
            List<String> row = new ArrayList<>();
            for (IntToDoubleFunction signal : signals) {
                row.add(String.format(Locale.ROOT, "%.5f", signal.applyAsDouble(i)));
            }
            for (int k = 0; k < state.length; k++) {
                state[k] = correlation * state[k] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                double spike = random.nextDouble() < spikes ? 15 * (random.nextBoolean() ? 1 : -1) : 0;
                row.add(String.format(Locale.ROOT, "%.5f", signals.get(k).applyAsDouble(i) + state[k] + spike));
            }
            csv.append(String.join(",", row)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("noisy.csv"), csv);

        // When
        CsvRecording cleaned = denoised(file);

        // Then
        CsvRecording noisy = CsvRecording.read(file);
        for (int k = 0; k < signals.size(); k++) {
            assertThat(error(noisy, "clean_" + k, "x_" + k, cleaned).gainDb())
                    .as("signal %d", k)
                    .isGreaterThan(0);
        }
    }

    private static CsvRecording shared(String file) throws Exception {
        assumeTrue(Files.exists(DATA.resolve(file)), "skipped: no " + DATA + " beside the checkout");
        return CsvRecording.read(DATA.resolve(file));
    }

    private CsvRecording denoised(Path input) throws Exception {
        Path cleaned = folder.resolve("cleaned.csv");
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
        return CsvRecording.read(cleaned);
    }

    private static DenoisingError error(CsvRecording noisy, String clean, String column, CsvRecording cleaned) {
        float[] target = column(noisy, clean);
        float[] before = column(noisy, column);
        float[] after = column(cleaned, column);
        assertThat(after).hasSameSizeAs(before);
        DenoisingError error = new DenoisingError();
        for (int i = 0; i < target.length; i++) {
            error.add(target[i], before[i], after[i]);
        }
        return error;
    }

    private static float[] column(CsvRecording file, String name) {
        return file.recording().channels().get(file.columns().indexOf(name));
    }
}
