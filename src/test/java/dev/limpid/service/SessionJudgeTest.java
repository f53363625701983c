package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import dev.limpid.train.tokens.Sessions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How two models of tokens are compared. */
class SessionJudgeTest {
    private static final int LENGTH = 4;

    /** The surprise of a token is its id; of an unknown one 16. */
    private record Counting(ModelSpec spec) implements Denoiser {
        static Counting of(boolean error, String... tokens) {
            return new Counting(new ModelSpec(
                    new ModelId("counting", "1", "0".repeat(64)),
                    LENGTH,
                    List.of(new ChannelSpec("token", "", 1)),
                    false,
                    error,
                    Floats.of(),
                    WindowRange.UNKNOWN,
                    Kind.TOKENS,
                    Outputs.NONE,
                    FakeTokens.vocabulary(tokens)));
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            for (int i = from * LENGTH; i < to * LENGTH; i++) {
                float id = batch.x().get(i);
                out.error().put(i, id == Kind.Tokens.UNKNOWN ? 16 : id);
            }
        }

        @Override
        public void close() {}
    }

    private static SessionJudge judge(Vocabulary read, int[]... sessions) {
        return new SessionJudge(Sessions.of(new TreeMap<>(), read, List.of(sessions)), LENGTH, 2, 2);
    }

    @Test
    void each_model_takes_sessions_by_its_own_vocabulary_and_what_is_missing_costs_nothing() {
        // Given a = 3, b = 4, c = 5 as they were read: a b and one that is missing, and seven times c
        SessionJudge judge =
                judge(FakeTokens.vocabulary("a", "b", "c"), new int[] {3, 4, 1}, new int[] {5, 5, 5, 5, 5, 5, 5});

        // When a model knows all of them in another order, and one c alone
        double[] one = judge.surprise(Counting.of(true, "b", "c", "a"));
        double[] other = judge.surprise(Counting.of(true, "c"));

        // Then (5 + 3) / 2 and 4, (16 + 16) / 2 and 3
        assertThat(one).containsExactly(4, 4);
        assertThat(other).containsExactly(16, 3);
    }

    @Test
    void of_what_both_know_nothing_else_counts() {
        // Given a b c, and only c
        SessionJudge judge = judge(FakeTokens.vocabulary("a", "b", "c"), new int[] {3, 4, 5}, new int[] {5, 5});

        // When one knows b and c, the other a and b
        double[] one = judge.surprise(Counting.of(true, "c", "b"), FakeTokens.vocabulary("a", "b"));
        double[] other = judge.surprise(Counting.of(true, "a", "b"), FakeTokens.vocabulary("c", "b"));

        // Then b alone, which is 4 to both, and nothing
        assertThat(one).containsExactly(4, 0);
        assertThat(other).containsExactly(4, 0);
    }

    @Test
    void a_model_that_is_better_by_new_tokens_alone_is_not_believed() {
        assertThat(TokenMaterial.moreSurprised(new double[] {1, 2}, 1.5, 1.5)).isEmpty();
        assertThat(TokenMaterial.moreSurprised(new double[] {1, 2}, 1, 2.1)).hasValueSatisfying(why -> assertThat(why)
                .startsWith(
                        "by the tokens that both know its error is 1.5500 nats, in force 1.5000: it is better by new"));
    }

    @Test
    void a_vocabulary_that_grows_much_or_has_no_room_left_is_told_of() {
        // Given
        Vocabulary three = FakeTokens.vocabulary("a", "b", "c");
        Vocabulary four = FakeTokens.vocabulary("a", "b", "c", "d");
        Vocabulary five = FakeTokens.vocabulary("a", "b", "c", "d", "e");

        // Then
        assertThat(TokenMaterial.grown(three, three, 10)).isEmpty();
        assertThat(TokenMaterial.grown(three, four, 10)).isEmpty();
        assertThat(TokenMaterial.grown(three, five, 10))
                .startsWith("; 2 of the candidate's 5 tokens are new: if these");
        assertThat(TokenMaterial.grown(five, five, 5))
                .startsWith("; 0 of the candidate's 5 tokens are new, and it has room for no more: if these");
    }

    @Test
    void a_model_that_says_nothing_of_tokens_cannot_be_judged() {
        // Given
        SessionJudge judge = judge(FakeTokens.vocabulary("a"), new int[] {3});

        // Then
        assertThatThrownBy(() -> judge.surprise(Counting.of(false, "a")))
                .hasMessageContaining("counting:1")
                .hasMessageContaining("it has no output 'error'");
    }

    @Test
    void the_reduction_is_of_the_mean_and_series_are_what_is_drawn_again() {
        // Given sessions of ten series, every second of which the candidate halves
        double[] before = new double[20];
        double[] after = new double[20];
        SeriesKey[] series = new SeriesKey[20];
        for (int i = 0; i < 20; i++) {
            before[i] = 2;
            after[i] = i % 2 == 0 ? 1 : 2;
            series[i] = SeriesKey.of("s" + i % 10);
        }

        // When
        Judged judged = Paired.ofMeans(before, after, List.of(series), 0.95, 1);

        // Then
        assertThat(judged.errorInForce()).isEqualTo(2);
        assertThat(judged.error()).isEqualTo(1.5);
        assertThat(judged.lowerBy()).isEqualTo(0.25);
        assertThat(judged.atLeast()).isBetween(0.05, 0.2);
        assertThat(judged.series()).isEqualTo(10);
        assertThat(judged.pieces()).isEqualTo(20);
    }

    @Test
    void a_model_by_whose_thresholds_much_less_stands_out_is_not_believed_however_little_surprised_it_is() {
        // Given the share of made-up faults that stand out, by each model's own calibration
        Map<String, Double> inForce = Map.of("calibratedFaultsFound", 0.84);

        // Then
        assertThat(TokenMaterial.fewerFaults(inForce, Map.of("calibratedFaultsFound", 0.08)))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("of sessions with a made-up fault 8.0 % stand out, with the one in force 84.0 %"));
        assertThat(TokenMaterial.fewerFaults(inForce, Map.of("calibratedFaultsFound", 0.76)))
                .isEmpty();
        assertThat(TokenMaterial.fewerFaults(inForce, Map.of())).isEmpty();
    }
}
