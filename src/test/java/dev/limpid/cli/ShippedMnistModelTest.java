package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What topology/mnist.yaml makes of digits that models/mnist.onnx was not trained on, as numbers and as pictures. */
class ShippedMnistModelTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} as {1}: at least {2} dB")
    @CsvSource({
        "gauss0.25, f32, 23.9", "gauss0.25, image, 23.9",
        "gauss0.5, f32, 19.2", "gauss0.5, image, 19.2",
        "mask0.25, f32, 24.2", "mask0.25, image, 24.2",
        "mask0.5, f32, 21.4", "mask0.5, image, 21.4",
        "patch8, f32, 21.9", "patch8, image, 21.9"
    })
    void cleaned_by_the_topology_to_the_bytes_that_denoise_gives(String noise, String format, double bar)
            throws Exception {
        // Given
        List<float[]> truth = Mnist.rows("mnist_test_clean.csv.gz");
        Path definition = definition(format);
        List<byte[]> values = Mnist.rows("mnist_test_noisy_" + noise + ".csv.gz").stream()
                .map(frame -> Mnist.encoded(format, frame))
                .toList();

        // When
        List<float[]> online = decoded(definition, Mnist.through(definition, values, "mnist.cleaned"));
        List<float[]> offline = denoised(definition, decoded(definition, values));

        // Then
        double square = 0;
        for (int i = 0; i < truth.size(); i++) {
            for (int pixel = 0; pixel < Mnist.SIDE * Mnist.SIDE; pixel++) {
                float value = online.get(i)[pixel];
                float expected = offline.get(i)[pixel];
                assertThat(format.equals("f32") ? value : Math.round(255 * value))
                        .isEqualTo(format.equals("f32") ? expected : Math.round(255 * expected));
                square += Math.pow(value - truth.get(i)[pixel], 2);
            }
        }
        double psnr = -10 * Math.log10(square / truth.size() / (Mnist.SIDE * Mnist.SIDE));
        assertThat(psnr).isGreaterThanOrEqualTo(bar);
    }

    private Path definition(String format) throws IOException {
        String text = Files.readString(Path.of("topology/mnist.yaml"))
                .replace("format: image ", "format: " + format + " ")
                .replace("models/mnist.onnx\n", Path.of("models/mnist.onnx").toAbsolutePath() + "\n");
        return Files.writeString(folder.resolve(format + ".yaml"), text);
    }

    private List<float[]> denoised(Path definition, List<float[]> frames) throws IOException {
        List<String> lines = new ArrayList<>();
        for (float[] frame : frames) {
            StringBuilder line = new StringBuilder();
            for (float value : frame) {
                line.append(line.length() == 0 ? "" : ",").append(value);
            }
            lines.add(line.toString());
        }
        Path input = Files.write(folder.resolve("noisy.csv"), lines);
        Path cleaned = folder.resolve("cleaned.csv");
        Mnist.run("denoise", definition, "--input", input, "--cleaned", cleaned);
        List<float[]> rows = new ArrayList<>();
        for (String row : Files.readAllLines(cleaned)) {
            rows.add(Mnist.numbers(row));
        }
        return rows;
    }

    private static List<float[]> decoded(Path file, List<byte[]> values) throws IOException {
        Definition definition = DefinitionLoader.load(file, Map.of());
        List<float[]> frames = new ArrayList<>();
        for (byte[] value : values) {
            Decoder decoder = Decoders.of(definition.input(), definition.series());
            Block block = new Block(1);
            assertThat(decoder.decode(value, 0, block)).isNull();
            float[] frame = new float[block.length()];
            for (int pixel = 0; pixel < frame.length; pixel++) {
                frame[pixel] = block.value(pixel, 0);
            }
            frames.add(frame);
        }
        return frames;
    }
}
