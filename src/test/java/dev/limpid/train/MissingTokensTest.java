package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a rigid world, in which nine tokens follow each other round and round, a model tells how long a gap is. */
class MissingTokensTest {
    private static final int LENGTH = 16;
    private static final int KINDS = 9;
    private static final int BEFORE = 5;
    private static final int BEHIND = 5;
    private static TrainedTokens trained;

    @BeforeAll
    static void train() throws Exception {
        Map<String, Object> block = Map.of(
                "network", "tcn",
                "width", 32,
                "blocks", 2,
                "steps", 500,
                "batch", 32,
                "learning-rate", 0.01,
                "evaluate-every", 50,
                "masks", 3,
                "corruption",
                        List.of(
                                Map.of("delete", Map.of("chance", 0.7, "share", List.of(0.1, 0.3))),
                                Map.of("infill", Map.of("chance", 0.5, "count", 1, "length", List.of(2, 4)))),
                "score", Map.of("folds", 2));
        TokenBlock.Read read = TokenBlock.read(
                block,
                new TokenBlock.Target("rigid", "1", LENGTH, LENGTH, new TokenSpec.Above(0.3, 0.6)),
                Spelling.NONE);
        assertThat(read.problems()).isEmpty();
        trained = TokenTrainer.train(sessions(), read.spec(), TrainingListener.NONE, Optional.empty());
    }

    private static Sessions sessions() {
        SplittableRandom random = new SplittableRandom(3);
        List<List<String>> sessions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int first = random.nextInt(KINDS);
            List<String> session = new ArrayList<>();
            for (int n = 8 + random.nextInt(LENGTH - 8); n > 0; n--) {
                session.add("t" + (first + session.size()) % KINDS);
            }
            sessions.add(session);
        }
        return Sessions.of(List.of(new SessionFile("rigid.txt", "00", sessions)));
    }

    /** Windows from each token on, with so many removed, in the place of the first of which a mask may stand; the last is whole. */
    private static Reconstruction said(int removed, boolean mask) throws Exception {
        var vocabulary = trained.metadata().vocabulary();
        WindowBatch batch = new WindowBatch(KINDS, 1, LENGTH);
        for (int first = 0; first < KINDS; first++) {
            int at = batch.add() * LENGTH;
            int place = 0;
            for (int i = 0; i < BEFORE + removed + BEHIND; i++) {
                boolean gone = i >= BEFORE && i < BEFORE + removed;
                if (!gone || (mask && i == BEFORE)) {
                    int id = gone ? Kind.Tokens.MASKED : vocabulary.id("t" + (first + i) % KINDS);
                    batch.x().put(at + place++, id);
                }
            }
        }
        Reconstruction out = new Reconstruction(KINDS, 1, LENGTH);
        try (Denoiser denoiser = ModelFile.open(
                        trained.bytes().toArray(),
                        "rigid",
                        Provider.CPU,
                        trained.metadata().expected(KINDS))
                .denoiser()) {
            denoiser.denoise(batch, 0, KINDS, out);
        }
        return out;
    }

    /** What is told of the token at a place of each window. */
    private static long[] counts(Reconstruction said, int place) {
        long[] counts = new long[KINDS];
        Arrays.setAll(counts, window -> said.missingCount().get(window * LENGTH + place));
        return counts;
    }

    @ParameterizedTest(name = "{0} tokens, a mask in the place of the first: {1}")
    @CsvSource({"1, false", "2, false", "3, true", "2, true"})
    void a_span_that_is_gone_is_told_with_its_length(int removed, boolean mask) throws Exception {
        // When
        Reconstruction said = said(removed, mask);

        // Then: the mask stands for one of them
        int behind = BEFORE + (mask ? 1 : 0);
        int missing = removed - (mask ? 1 : 0);
        assertThat(Arrays.stream(counts(said, behind)).filter(count -> count == missing))
                .as("%s", Arrays.toString(counts(said, behind)))
                .hasSizeGreaterThan(KINDS / 2);
        for (int window = 0; window < KINDS; window++) {
            assertThat(said.missingBefore().get(window * LENGTH + behind))
                    .isGreaterThan(said.missingBefore().get(window * LENGTH + 2));
        }
    }

    @Test
    void a_count_is_one_of_those_taught_and_0_beyond_the_end() throws Exception {
        // When
        Reconstruction said = said(2, false);

        // Then
        for (int i = 0; i < KINDS * LENGTH; i++) {
            if (i % LENGTH < BEFORE + BEHIND) {
                assertThat(said.missingCount().get(i)).isBetween(1L, (long) MaskedModel.MOST_MISSING);
            } else {
                assertThat(said.missingCount().get(i)).isZero();
            }
        }
    }
}
