package dev.limpid.train.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each disturbance does to a window of tokens, over many seeds. */
class TokenDisturbanceTest {
    private static final int LENGTH = 24;
    private static final int TOKENS = 20;
    private static final int SEEDS = 400;

    @Test
    void masks_hide_the_stated_share_and_nothing_else() {
        // Given
        int hidden = 0;

        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new MaskedTokens(1, new Interval(0.2, 0.2)), seed);

            // Then
            for (int i = 0; i < TOKENS; i++) {
                assertThat(window.id(i)).isIn(Kind.Tokens.MASKED, window.target(i));
                hidden += window.id(i) == Kind.Tokens.MASKED ? 1 : 0;
            }
            untouchedTargets(window);
        }
        assertThat(hidden / (double) (SEEDS * TOKENS)).isBetween(0.18, 0.22);
    }

    @Test
    void replacements_are_drawn_as_often_as_training_saw_them() {
        // Given
        int[] drawn = new int[3];
        int unknown = 0;

        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new ReplacedTokens(1, new Interval(1, 1), 0.25), seed);

            // Then
            for (int i = 0; i < TOKENS; i++) {
                if (window.id(i) == Kind.Tokens.UNKNOWN) {
                    unknown++;
                } else if (window.id(i) < Kind.Tokens.FIRST + 3) {
                    drawn[window.id(i) - Kind.Tokens.FIRST]++;
                }
            }
            untouchedTargets(window);
        }
        assertThat(unknown / (double) (SEEDS * TOKENS)).isBetween(0.22, 0.28);
        // the vocabulary's first three have counts 60, 30 and 10
        assertThat(drawn[0] / (double) drawn[1]).isBetween(1.8, 2.2);
        assertThat(drawn[1] / (double) drawn[2]).isBetween(2.6, 3.4);
    }

    @Test
    void a_deleted_token_is_missing_before_the_one_behind_it() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new DeletedTokens(1, new Interval(0.3, 0.3)), seed);

            // Then: places and what is missing before them count up to the token's old place
            int place = 0;
            for (int i = 0; i < window.size(); i++) {
                place += window.missing(i);
                assertThat(window.id(i)).isEqualTo(window.target(i)).isEqualTo(Kind.Tokens.FIRST + place);
                place++;
            }
            assertThat(window.size()).isPositive();
        }
    }

    @Test
    void no_permuted_token_is_further_from_its_place_than_the_reach() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new PermutedTokens(1, new Interval(2, 2)), seed);

            // Then
            for (int i = 0; i < TOKENS; i++) {
                assertThat(Math.abs(window.id(i) - Kind.Tokens.FIRST - i)).isLessThanOrEqualTo(2);
            }
            assertThat(sorted(window)).isEqualTo(sorted(loaded()));
            untouchedTargets(window);
        }
    }

    @Test
    void shuffled_spans_stay_whole() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new ShuffledSpans(1, new Interval(5, 5)), seed);

            // Then
            for (int i = 0; i < TOKENS; i += 5) {
                for (int j = 1; j < 5; j++) {
                    assertThat(window.id(i + j)).isEqualTo(window.id(i) + j);
                }
            }
            assertThat(sorted(window)).isEqualTo(sorted(loaded()));
            untouchedTargets(window);
        }
    }

    @Test
    void masked_spans_have_a_mask_for_each_token() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new MaskedSpans(1, new Interval(1, 1), new Interval(4, 4)), seed);

            // Then
            int first = IntStream.range(0, TOKENS)
                    .filter(i -> window.id(i) == Kind.Tokens.MASKED)
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < TOKENS; i++) {
                assertThat(window.id(i) == Kind.Tokens.MASKED).isEqualTo(i >= first && i < first + 4);
            }
            untouchedTargets(window);
        }
    }

    @Test
    void an_infilled_span_is_one_mask_and_the_next_token_knows_how_many_are_missing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // When
            SpoiltTokens window = struck(new InfilledSpans(1, new Interval(1, 1), new Interval(4, 4)), seed);

            // Then
            int mask = IntStream.range(0, TOKENS)
                    .filter(i -> window.id(i) == Kind.Tokens.MASKED)
                    .findFirst()
                    .orElseThrow();
            assertThat(window.size()).isEqualTo(TOKENS - 3);
            assertThat(window.target(mask)).isEqualTo(Kind.Tokens.FIRST + mask);
            if (mask + 1 < window.size()) {
                assertThat(window.missing(mask + 1)).isEqualTo(3);
                assertThat(window.target(mask + 1)).isEqualTo(window.target(mask) + 4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_same_seed_spoils_alike_and_what_follows_the_end_stays_padding(TokenDisturbance disturbance) {
        for (int seed = 0; seed < 20; seed++) {
            // When
            SpoiltTokens one = struck(disturbance, seed);
            SpoiltTokens other = struck(disturbance, seed);

            // Then
            for (int i = 0; i < LENGTH; i++) {
                assertThat(one.id(i)).isEqualTo(other.id(i));
                assertThat(one.id(i) == Kind.Tokens.PADDING).isEqualTo(i >= one.size());
            }
        }
    }

    static List<TokenDisturbance> all() {
        return List.of(
                new MaskedTokens(1, new Interval(0.2, 0.2)),
                new ReplacedTokens(1, new Interval(0.2, 0.2), 0.1),
                new DeletedTokens(1, new Interval(0.2, 0.2)),
                new PermutedTokens(1, new Interval(1, 3)),
                new ShuffledSpans(1, new Interval(2, 6)),
                new MaskedSpans(1, new Interval(1, 3), new Interval(1, 4)),
                new InfilledSpans(1, new Interval(1, 3), new Interval(1, 4)));
    }

    @Test
    void what_cannot_be_is_told_with_its_key() {
        assertThat(new MaskedTokens(1.5, new Interval(0.3, 0.2)).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("chance is 1.5"))
                .anyMatch(problem -> problem.startsWith("share is 0.3..0.2"));
        assertThat(new InfilledSpans(0.1, new Interval(1, 1), new Interval(0, 4)).problems())
                .singleElement()
                .asString()
                .startsWith("length is 0..4");
    }

    private static SpoiltTokens struck(TokenDisturbance disturbance, long seed) {
        SpoiltTokens window = loaded();
        TokenDisturbance.strike(List.of(disturbance), window, new SplittableRandom(seed));
        return window;
    }

    /** Twenty tokens, all of them others, and padding. */
    private static SpoiltTokens loaded() {
        List<Vocabulary.Entry> entries = new java.util.ArrayList<>(
                List.of(new Vocabulary.Entry("a", 60), new Vocabulary.Entry("b", 30), new Vocabulary.Entry("c", 10)));
        for (int i = 3; i < TOKENS; i++) {
            entries.add(new Vocabulary.Entry("t" + i, 1));
        }
        SpoiltTokens window = new SpoiltTokens(LENGTH, new TokenFrequencies(new Vocabulary(entries)));
        int[] ids = new int[LENGTH];
        Arrays.setAll(ids, i -> i < TOKENS ? Kind.Tokens.FIRST + i : 0);
        window.load(ids);
        return window;
    }

    private static void untouchedTargets(SpoiltTokens window) {
        assertThat(window.size()).isEqualTo(TOKENS);
        for (int i = 0; i < TOKENS; i++) {
            assertThat(window.target(i)).isEqualTo(Kind.Tokens.FIRST + i);
            assertThat(window.missing(i)).isZero();
        }
    }

    private static List<Integer> sorted(SpoiltTokens window) {
        return IntStream.range(0, window.size()).mapToObj(window::id).sorted().toList();
    }
}
