package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.train.tokens.Interval;
import dev.limpid.train.tokens.MaskedTokens;
import dev.limpid.train.tokens.ShuffledSpans;
import dev.limpid.train.tokens.TokenDisturbance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The train block of a pipeline of tokens. */
class TokenBlockTest {
    private static final TokenBlock.Target TARGET =
            new TokenBlock.Target("logs", "7", 64, 32, new TokenSpec.Above(0.3, 0.99));

    @Test
    void an_empty_block_means_the_defaults() {
        // When
        TokenBlock.Read read = TokenBlock.read(Map.of(), TARGET, Spelling.NONE);

        // Then
        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().problems()).isEmpty();
        assertThat(read.spec().network()).isEqualTo(TokenTcn.DEFAULT);
        assertThat(read.spec().corruption()).isEqualTo(TokenDisturbance.STANDARD);
        assertThat(read.spec().scoring()).isEqualTo(TokenSpec.Scoring.DEFAULT);
    }

    @Test
    void network_corruption_and_score_are_read_in_the_words_of_the_field() {
        // When
        TokenBlock.Read read = TokenBlock.read(
                Map.of(
                        "network",
                        "transformer",
                        "width",
                        48,
                        "heads",
                        3,
                        "corruption",
                        List.of(
                                Map.of("mask", Map.of("chance", 1, "share", 0.15)),
                                Map.of("shuffle-spans", Map.of("chance", 0.2, "length", List.of(3, 9)))),
                        "score",
                        Map.of("false-alarms", 0.002)),
                TARGET,
                Spelling.NONE);

        // Then
        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().network()).isEqualTo(new TokenTransformer(48, 2, 3));
        assertThat(read.spec().corruption())
                .containsExactly(
                        new MaskedTokens(1, new Interval(0.15, 0.15)), new ShuffledSpans(0.2, new Interval(3, 9)));
        assertThat(read.spec().scoring().falseAlarms()).isEqualTo(0.002);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        // When
        TokenBlock.Read read = TokenBlock.read(
                Map.of(
                        "network",
                        "unet",
                        "heads",
                        2,
                        "loss",
                        Map.of("features", 3),
                        "corruption",
                        List.of("gaussian", Map.of("mask", Map.of("shares", 1))),
                        "score",
                        Map.of("budget", 1)),
                TARGET,
                Spelling.NONE);

        // Then
        assertThat(read.problems())
                .anyMatch(problem -> problem.startsWith("train.network is 'unet', needs tcn or transformer"))
                .anyMatch(problem -> problem.startsWith("train.heads is unknown"))
                .anyMatch(problem -> problem.startsWith("train.loss is unknown"))
                .anyMatch(problem -> problem.startsWith("train.corruption.gaussian is unknown"))
                .anyMatch(problem -> problem.startsWith("train.corruption.mask.shares is unknown"))
                .anyMatch(problem -> problem.startsWith("train.score.budget is unknown"));
    }

    @Test
    void values_that_cannot_be_are_told_with_their_keys() {
        // Given
        TokenBlock.Read read = TokenBlock.read(
                Map.of(
                        "network",
                        "transformer",
                        "heads",
                        5,
                        "masks",
                        1,
                        "corruption",
                        List.of(Map.of("delete", Map.of("share", 2))),
                        "score",
                        Map.of("folds", 1)),
                TARGET,
                Spelling.NONE);

        // When
        List<String> problems = read.spec().problems();

        // Then
        assertThat(problems)
                .anyMatch(problem -> problem.contains("a multiple of train.heads = 5"))
                .anyMatch(problem -> problem.startsWith("train.masks is 1"))
                .anyMatch(problem -> problem.startsWith("train.corruption, delete: share is 2"))
                .anyMatch(problem -> problem.startsWith("train.score.folds is 1"));
    }
}
