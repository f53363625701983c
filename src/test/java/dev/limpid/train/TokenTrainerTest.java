package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small world of sessions: open, some reads or some writes, close. */
class TokenTrainerTest {
    private static final int LENGTH = 12;
    private static TrainedTokens trained;

    @BeforeAll
    static void train() throws Exception {
        trained = TokenTrainer.train(sessions(), spec("tcn", 150), TrainingListener.NONE, Optional.empty());
    }

    @Test
    void the_file_says_its_kind_and_vocabulary_and_what_calibrated_it() {
        assertThat(trained.metadata().kind()).isEqualTo("tokens");
        assertThat(trained.metadata().vocabulary().entries().get(0).token()).isIn("read", "write");
        assertThat(trained.metadata().vocabulary().entries()).hasSize(4);
        assertThat(trained.thresholds().units()).isEqualTo(300);
        assertThat(trained.thresholds().above()).isZero();
        assertThat(trained.scores()).hasSize(300).allMatch(score -> score >= 0 && score <= 1);
        assertThat(trained.examples()).isNotEmpty();
    }

    @Test
    void a_masked_token_comes_back_with_its_confidence_and_a_wrong_one_stands_out() throws Exception {
        // Given
        List<String> masked = List.of("open", "read", "_", "read", "close");
        List<String> wrong = List.of("open", "read", "write", "read", "close");

        // When
        Said said = said(List.of(masked, wrong));

        // Then
        assertThat(said.tokens().get(0)).containsExactly("open", "read", "read", "read", "close");
        assertThat(said.out().confidence().get(2)).isGreaterThan(0.8f);
        assertThat(said.out().error().get(2)).isZero();
        assertThat(said.tokens().get(1)).containsExactly("open", "read", "read", "read", "close");
        assertThat(said.out().error().get(LENGTH + 2)).isGreaterThan(2f);
        for (int i : new int[] {0, 1, 3, 4}) {
            assertThat(said.out().error().get(LENGTH + i))
                    .isLessThan(said.out().error().get(LENGTH + 2));
        }
    }

    @Test
    void what_never_was_scores_above_1_and_what_is_normal_does_not() throws Exception {
        // Given: normal; an unknown token; too long; twice closed; a normal one with a mask
        List<List<String>> texts = List.of(
                List.of("open", "read", "read", "close"),
                List.of("open", "boom", "read", "close"),
                List.of("open", "read", "read", "read", "read", "read", "read", "read", "read", "read", "close"),
                List.of("open", "close", "close", "close"),
                List.of("open", "read", "_", "close"));

        // When
        Said said = said(texts);

        // Then
        assertThat(said.out().score().get(0)).isLessThan(1f);
        assertThat(said.out().score().get(1)).isGreaterThan(1f);
        assertThat(said.out().score().get(2)).isGreaterThan(1f);
        assertThat(said.out().score().get(3)).isGreaterThan(1f);
        assertThat(said.out().score().get(4)).isLessThan(1f);
    }

    @Test
    void a_window_says_which_tokens_it_stands_out_by() throws Exception {
        // Given: an unknown token; too long, with more of one kind than ever
        List<List<String>> texts = List.of(
                List.of("open", "boom", "read", "close"),
                List.of("open", "read", "read", "read", "read", "read", "read", "read", "read", "read", "close"));

        // When
        Said said = said(texts);

        // Then
        float[] shares = new float[2 * LENGTH];
        said.out().contribution().get(0, shares);
        assertThat(Arrays.copyOf(shares, LENGTH)).containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        float[] longer = Arrays.copyOfRange(shares, LENGTH + 8, LENGTH + 11);
        assertThat(Check.at(said.out().reason().get(1))).isIn(Check.LENGTH, Check.COUNTS);
        assertThat(longer[0]).isPositive().isEqualTo(longer[1]);
        assertThat(shares[LENGTH]).isZero();
    }

    @Test
    void nothing_is_said_beyond_the_end() throws Exception {
        // When
        Said said = said(List.of(List.of("open", "read", "close")));

        // Then
        for (int i = 3; i < LENGTH; i++) {
            assertThat(said.out().clean().get(i)).isZero();
            assertThat(said.out().error().get(i)).isZero();
            assertThat(said.out().confidence().get(i)).isZero();
            assertThat(said.out().missingBefore().get(i)).isZero();
            assertThat(said.out().contribution().get(i)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcn", "transformer"})
    void the_same_seed_gives_the_same_bytes_and_another_one_others(String network) throws Exception {
        // When
        byte[] one = bytes(spec(network, 20));
        byte[] again = bytes(spec(network, 20));
        byte[] other = bytes(spec(network, 20).withSeed(8));

        // Then
        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void a_training_that_was_cut_off_goes_on_to_the_same_bytes(@TempDir Path folder) throws Exception {
        // Given
        byte[] whole = bytes(spec("tcn", 30));
        Checkpoints checkpoints = new Checkpoints(folder.resolve("state"), 10);
        assertThatThrownBy(() -> TokenTrainer.train(
                        sessions(),
                        spec("tcn", 30),
                        at -> {
                            if (at.step() == 25) {
                                throw new IllegalStateException("cut off");
                            }
                        },
                        Optional.of(checkpoints)))
                .hasMessage("cut off");
        assertThat(Files.exists(folder.resolve("state"))).isTrue();

        // When
        TrainedTokens rest =
                TokenTrainer.train(sessions(), spec("tcn", 30), TrainingListener.NONE, Optional.of(checkpoints));

        // Then
        assertThat(rest.bytes().toArray()).isEqualTo(whole);
    }

    @Test
    void a_window_that_is_no_multiple_of_a_vector_is_answered_alike_in_every_batch() throws Exception {
        // When: admission refuses what is not
        TokenSpec spec = new TokenBlockSpec(11, "tcn", 20).spec();
        TrainedTokens odd = TokenTrainer.train(sessions(), spec, TrainingListener.NONE, Optional.empty());

        // Then
        assertThat(odd.metadata().windowLength()).isEqualTo(11);
    }

    @Test
    void trained_on_few_and_simple_sessions_a_score_still_says_how_far_beyond_a_window_is() throws Exception {
        // Given
        List<List<String>> simple = Collections.nCopies(60, List.of("open", "read", "close"));
        Sessions sessions = Sessions.of(List.of(new SessionFile("simple.txt", "00", simple)));

        // When
        TrainedTokens trained = TokenTrainer.train(sessions, spec("tcn", 20), TrainingListener.NONE, Optional.empty());

        // Then: one token more or less is some times the threshold, not half a million times
        assertThat(trained.thresholds().of(Check.COUNTS)).isEqualTo(0.125);
        assertThat(trained.thresholds().of(Check.SURPRISE)).isGreaterThanOrEqualTo(Math.log(2));
        assertThat(trained.thresholds().of(Check.MEAN_SURPRISE)).isGreaterThanOrEqualTo(Math.log(2) / LENGTH);
    }

    @Test
    void too_few_sessions_are_refused() {
        assertThatThrownBy(() -> TokenTrainer.train(
                        sessions().slice(0, 3), spec("tcn", 20), TrainingListener.NONE, Optional.empty()))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("3 sessions, needs at least 4");
    }

    /** What was said, and its tokens as text. */
    private record Said(Reconstruction out, List<List<String>> tokens) {}

    private static Said said(List<List<String>> texts) throws Exception {
        var vocabulary = trained.metadata().vocabulary();
        try (Denoiser denoiser = ModelFile.open(
                        trained.bytes().toArray(),
                        "toy",
                        Provider.CPU,
                        trained.metadata().expected(8))
                .denoiser()) {
            WindowBatch batch = new WindowBatch(8, 1, LENGTH);
            for (List<String> text : texts) {
                int at = batch.add() * LENGTH;
                for (int i = 0; i < LENGTH; i++) {
                    String token = i < text.size() ? text.get(i) : "";
                    int id = token.equals("_") ? Kind.Tokens.MASKED : vocabulary.id(token);
                    batch.x().put(at + i, i < text.size() ? id : Kind.Tokens.PADDING);
                }
            }
            Reconstruction out = new Reconstruction(8, 1, LENGTH);
            denoiser.denoise(batch, 0, texts.size(), out);
            List<List<String>> tokens = new ArrayList<>();
            for (int window = 0; window < texts.size(); window++) {
                List<String> text = new ArrayList<>();
                for (int i = 0; i < texts.get(window).size(); i++) {
                    text.add(vocabulary.token((int) out.clean().get(window * LENGTH + i)));
                }
                tokens.add(text);
            }
            return new Said(out, tokens);
        }
    }

    private static byte[] bytes(TokenSpec spec) throws Exception {
        return TokenTrainer.train(sessions(), spec, TrainingListener.NONE, Optional.empty())
                .bytes()
                .toArray();
    }

    private static TokenSpec spec(String network, int steps) {
        return new TokenBlockSpec(LENGTH, network, steps).spec();
    }

    /** A small network for windows of a length. */
    private record TokenBlockSpec(int length, String network, int steps) {
        TokenSpec spec() {
            Map<String, Object> block = Map.of(
                    "network", network,
                    "width", 16,
                    "blocks", 2,
                    "steps", steps,
                    "batch", 32,
                    "learning-rate", 0.01,
                    "evaluate-every", 25,
                    "masks", 3,
                    "score", Map.of("folds", 2));
            TokenBlock.Read read = TokenBlock.read(
                    block,
                    new TokenBlock.Target("toy", "1", length, length, new TokenSpec.Above(0.3, 0.6)),
                    Spelling.NONE);
            assertThat(read.problems()).isEmpty();
            return read.spec();
        }
    }

    private static Sessions sessions() {
        SplittableRandom random = new SplittableRandom(3);
        List<List<String>> sessions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<String> session = new ArrayList<>(List.of("open"));
            String kind = random.nextBoolean() ? "read" : "write";
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                session.add(kind);
            }
            session.add("close");
            sessions.add(session);
        }
        return Sessions.of(List.of(new SessionFile("toy.txt", "00", sessions)));
    }
}
