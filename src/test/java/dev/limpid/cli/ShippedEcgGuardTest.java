package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.eval.DenoisingError;
import dev.limpid.signal.BandPass;
import dev.limpid.train.CsvRecording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code limpid denoise} with a fallback makes of sources that models/ecg.onnx was not trained on. */
class ShippedEcgGuardTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final BandPass FILTER = BandPass.of(0.5, 40, 2, 360);
    private static final double MOST_BELOW_DB = 0.5;

    @TempDir
    private Path folder;

    @Test
    void another_lead_is_cleaned_no_worse_than_by_the_filter() throws Exception {
        // Given
        CsvRecording noisy = recording("ecg_denoise/test_mitdb100_V5_other_lead.csv");
        float[] truth = noisy.recording().channels().get(noisy.columns().indexOf("clean"));

        // When
        CsvRecording cleaned = denoised(DATA.resolve("ecg_denoise/test_mitdb100_V5_other_lead.csv"));

        // Then
        double guarded = 0;
        double filtered = 0;
        for (int column = 1; column < noisy.columns().size(); column++) {
            float[] raw = noisy.recording().channels().get(column);
            guarded += gain(truth, raw, cleaned.recording().channels().get(column));
            filtered += gain(truth, raw, FILTER.zeroPhase(raw));
        }
        int cases = noisy.columns().size() - 1;
        assertThat(guarded / cases).isGreaterThan(filtered / cases - MOST_BELOW_DB);
    }

    /** Two minutes of other patients, by other devices at 128 Hz, with recorded noise of all three kinds at 6 dB. */
    @Test
    void other_patients_are_cleaned_no_worse_than_by_the_filter() throws Exception {
        // Given
        float[] noise = noise(43_200);
        StringBuilder csv = new StringBuilder("clean,noisy\n");
        float[] truth = resampled(
                recording("ecg_anomaly_mba/MBA_ECG805.csv.gz")
                        .recording()
                        .channels()
                        .get(0),
                43_200);
        float[] raw = new float[truth.length];
        double factor = Math.sqrt(power(truth) / power(noise)) / 2;
        for (int i = 0; i < truth.length; i++) {
            raw[i] = (float) (truth[i] + factor * noise[i]);
            csv.append(truth[i]).append(',').append(raw[i]).append('\n');
        }
        Path file = folder.resolve("foreign.csv");
        Files.writeString(file, csv);

        // When
        CsvRecording cleaned = denoised(file);

        // Then
        double guarded = gain(truth, raw, cleaned.recording().channels().get(1));
        assertThat(guarded).isGreaterThan(gain(truth, raw, FILTER.zeroPhase(raw)) - MOST_BELOW_DB);
    }

    private static CsvRecording recording(String name) throws Exception {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), "skipped: no " + file + " beside the checkout");
        return CsvRecording.read(file);
    }

    private static float[] noise(int length) throws Exception {
        List<float[]> kinds =
                recording("ecg_denoise/train_noise_nstdb.csv.gz").recording().channels();
        float[] noise = new float[length];
        for (float[] kind : kinds) {
            double scale = 1 / Math.sqrt(power(kind));
            for (int i = 0; i < length; i++) {
                noise[i] += (float) (scale * kind[i]);
            }
        }
        return noise;
    }

    /** From 128 to 360 Hz along straight lines, without its level and drift. */
    private static float[] resampled(float[] values, int length) {
        float[] resampled = new float[length];
        for (int i = 0; i < length; i++) {
            double at = i * 128 / 360.0;
            int before = (int) at;
            resampled[i] = (float) (values[before] + (at - before) * (values[before + 1] - values[before]));
        }
        return BandPass.of(0.5, 1_000, 2, 360).zeroPhase(resampled);
    }

    private static double power(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .average()
                .orElseThrow();
    }

    private static double gain(float[] truth, float[] raw, float[] cleaned) {
        DenoisingError error = new DenoisingError();
        for (int i = 0; i < truth.length; i++) {
            error.add(truth[i], raw[i], cleaned[i]);
        }
        return error.gainDb();
    }

    private CsvRecording denoised(Path file) throws Exception {
        Path definition = folder.resolve("ecg.yaml");
        String text = Files.readString(Path.of("topology/ecg.yaml"));
        assertThat(text).contains("  # fallback: band-pass 0.5..40 Hz");
        Files.writeString(definition, text.replace("  # fallback:", "  fallback:"));
        Path cleaned = folder.resolve("cleaned.csv");
        StringWriter err = new StringWriter();
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(
                "denoise",
                definition.toString(),
                "--model",
                "models/ecg.onnx",
                "--input",
                file.toString(),
                "--cleaned",
                cleaned.toString(),
                "--each-column");
        assertThat(code).as(err.toString()).isZero();
        return CsvRecording.read(cleaned);
    }
}
