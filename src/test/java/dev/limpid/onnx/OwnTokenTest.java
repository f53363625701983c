package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shipped model of tokens judges each token by the others of its window alone. So one distribution stands behind what it says of every
 * token that may be in a place, and their probabilities sum to one; if the token itself had a say, they would not.
 */
class OwnTokenTest {
    private static final int LENGTH = 48;

    @ParameterizedTest(name = "{0}, {1} tokens, seed {2}")
    @CsvSource({"shop,48,1", "shop,7,2", "hdfs,48,3", "hdfs,19,4"})
    void the_probabilities_of_all_tokens_in_a_place_sum_to_one(String name, int tokens, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Denoiser model = ModelFile.open(
                        Files.readAllBytes(Path.of("models/" + name + ".onnx")),
                        name,
                        Provider.CPU,
                        new Expected(name, 1, LENGTH, 64, Kind.TOKENS))
                .denoiser()) {
            int known = model.spec().vocabulary().entries().size();
            for (int place = 0; place < tokens; place++) {
                // Given
                WindowBatch batch = new WindowBatch(known, 1, LENGTH);
                Reconstruction out = new Reconstruction(known, 1, LENGTH);
                int[] window = random.ints(tokens, 0, known).toArray();
                for (int id = 0; id < known; id++) {
                    int at = batch.add() * LENGTH;
                    for (int i = 0; i < tokens; i++) {
                        batch.x().put(at + i, Kind.Tokens.FIRST + (i == place ? id : window[i]));
                    }
                }

                // When
                model.denoise(batch, 0, known, out);

                // Then
                double sum = 0;
                for (int id = 0; id < known; id++) {
                    sum += Math.exp(-out.error().get(id * LENGTH + place));
                }
                assertThat(sum).as("at " + place).isCloseTo(1, within(1e-3));
            }
        }
    }
}
