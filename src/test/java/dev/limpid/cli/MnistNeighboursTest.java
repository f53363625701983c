package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a latent vector is good for; docs/training.md, "Frames", quotes it. */
@Tag("soak")
class MnistNeighboursTest {
    private static final String DENSE =
            """
            train:
              network: dense
              widths: [512]
              latent: 64
              normalise: none
              output: sigmoid
              embedding: true
              loss: cross-entropy
              steps: 2000
              learning-rate: 0.001
              evaluate-every: 250
              corruption:
                - gaussian: { chance: 1, sigma: [0.2, 0.6], in: unit, clip: [0, 1] }

            """;

    @TempDir
    private Path folder;

    @Test
    void in_much_noise_the_nearest_by_a_dense_latent_is_the_same_digit_more_often_than_the_nearest_by_pixels()
            throws Exception {
        // Given
        List<float[]> noisy = Mnist.rows("mnist_test_noisy_gauss0.5.csv.gz");
        List<Integer> digits = Mnist.digits();
        String shipped = Files.readString(Path.of("topology/mnist.yaml"));
        String model = folder.resolve("dense.onnx").toString();
        Path definition = Files.writeString(
                folder.resolve("dense.yaml"),
                shipped.substring(0, shipped.indexOf("train:"))
                                .replace("format: image ", "format: f32 ")
                                .replace("models/mnist.onnx", model)
                        + DENSE
                        + shipped.substring(shipped.indexOf("kafka:")));
        Mnist.run("train", definition, "--clean", trainingRows(), "--out", model);
        Files.writeString(
                definition,
                Files.readString(definition)
                        .replace(
                                "  alerts: mnist.alerts\n",
                                "  alerts: mnist.alerts\n  embeddings: mnist.embeddings\n"));

        // When
        List<float[]> latent = Mnist.through(
                        definition,
                        noisy.stream().map(frame -> Mnist.encoded("f32", frame)).toList(),
                        "mnist.embeddings")
                .stream()
                .map(MnistNeighboursTest::floats)
                .toList();

        // Then
        int byEmbedding = sameAsNearest(latent, digits);
        int byPixels = sameAsNearest(noisy, digits);
        System.out.printf(
                "the nearest is the same digit: %d of %d by latent vector, %d by pixels%n",
                byEmbedding, digits.size(), byPixels);
        assertThat(byEmbedding)
                .as("of %d, beside %d by pixels", digits.size(), byPixels)
                .isGreaterThan(byPixels);
    }

    /** Those that the shipped model was trained on. */
    private Path trainingRows() throws IOException {
        try (BufferedReader in = Mnist.reader("mnist_t10k_first8000.csv.gz")) {
            return Files.write(
                    folder.resolve("train.csv"),
                    in.lines().limit(7_000).map(MnistNeighboursTest::scaled).toList());
        }
    }

    /** Without its label, over 255. */
    private static String scaled(String line) {
        return Stream.of(line.substring(line.indexOf(',') + 1).split(","))
                .map(cell -> Float.toString(Integer.parseInt(cell) / 255f))
                .collect(Collectors.joining(","));
    }

    private static int sameAsNearest(List<float[]> vectors, List<Integer> digits) {
        int same = 0;
        for (int i = 0; i < vectors.size(); i++) {
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < vectors.size(); j++) {
                double distance = i == j ? Double.POSITIVE_INFINITY : distance(vectors.get(i), vectors.get(j));
                if (distance < least) {
                    least = distance;
                    nearest = j;
                }
            }
            same += digits.get(i).equals(digits.get(nearest)) ? 1 : 0;
        }
        return same;
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.pow(one[i] - other[i], 2);
        }
        return sum;
    }

    private static float[] floats(byte[] value) {
        float[] all = new float[value.length / 4];
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(all);
        return all;
    }
}
