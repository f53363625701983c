package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shipped model of tokens judges each token by the others of its window alone: what stands in its own place says nothing. */
class OwnTokenTest {
    private static final int LENGTH = 48;

    @ParameterizedTest(name = "{0}, {1} tokens, seed {2}")
    @CsvSource({"shop,48,1", "shop,7,2", "hdfs,48,3", "hdfs,19,4"})
    void another_token_in_a_place_changes_nothing_that_is_expected_there(String name, int tokens, long seed)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Denoiser model = ModelFile.open(
                        Files.readAllBytes(Path.of("models/" + name + ".onnx")),
                        name,
                        Provider.CPU,
                        new Expected(name, 1, LENGTH, 2, Kind.TOKENS))
                .denoiser()) {
            int known = model.spec().vocabulary().entries().size();
            for (int place = 0; place < tokens; place++) {
                // Given
                WindowBatch batch = new WindowBatch(2, 1, LENGTH);
                Reconstruction out = new Reconstruction(2, 1, LENGTH);
                batch.add();
                batch.add();
                for (int i = 0; i < tokens; i++) {
                    int id = Kind.Tokens.FIRST + random.nextInt(known);
                    batch.x().put(i, id);
                    int next = Kind.Tokens.FIRST + (id - Kind.Tokens.FIRST + 1) % known;
                    batch.x().put(LENGTH + i, i == place ? next : id);
                }

                // When
                model.denoise(batch, 0, 2, out);

                // Then
                assertThat(out.clean().get(LENGTH + place))
                        .as("at " + place)
                        .isEqualTo(out.clean().get(place));
                assertThat(out.confidence().get(LENGTH + place))
                        .as("at " + place)
                        .isEqualTo(out.confidence().get(place));
                assertThat(out.error().get(LENGTH + place))
                        .isNotEqualTo(out.error().get(place));
            }
        }
    }
}
