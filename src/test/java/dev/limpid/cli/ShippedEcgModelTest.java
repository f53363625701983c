package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.eval.DenoisingError;
import dev.limpid.train.CsvRecording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code limpid denoise} makes of recordings that models/ecg.onnx was not trained on. */
class ShippedEcgModelTest {
    private static final Path DATA = Path.of("../shared/data/ecg_denoise");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}: at least {1} dB over the seven cases of recorded noise")
    @CsvSource({
        "test_mitdb100_MLII_same_patient_normal.csv, 17",
        "test_mitdb100_MLII_same_patient_with_PVC.csv, 13",
        "test_mitdb208_MLII_last2min_other_patient.csv, 11"
    })
    void the_shipped_model_gains(String file, double bar) throws Exception {
        // Given
        Path noisy = DATA.resolve(file);
        assumeTrue(Files.exists(noisy), "skipped: no " + DATA + " beside the checkout");
        Path cleaned = folder.resolve("cleaned.csv");
        StringWriter err = new StringWriter();
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));

        // When
        int code = line.execute(
                "denoise",
                "topology/ecg.yaml",
                "--input",
                noisy.toString(),
                "--cleaned",
                cleaned.toString(),
                "--each-column");

        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(meanGain(CsvRecording.read(noisy), CsvRecording.read(cleaned)))
                .isGreaterThan(bar);
    }

    private static double meanGain(CsvRecording noisy, CsvRecording cleaned) {
        float[] clean = noisy.recording().channels().get(noisy.columns().indexOf("clean"));
        double sum = 0;
        int cases = 0;
        for (int column = 0; column < noisy.columns().size(); column++) {
            String name = noisy.columns().get(column);
            if (!name.equals("clean") && !name.startsWith("white")) {
                float[] before = noisy.recording().channels().get(column);
                float[] after =
                        cleaned.recording().channels().get(cleaned.columns().indexOf(name));
                assertThat(after).hasSameSizeAs(before);
                DenoisingError error = new DenoisingError();
                for (int i = 0; i < clean.length; i++) {
                    error.add(clean[i], before[i], after[i]);
                }
                sum += error.gainDb();
                cases++;
            }
        }
        return sum / cases;
    }
}
