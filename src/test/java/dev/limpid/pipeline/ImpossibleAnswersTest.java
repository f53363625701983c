package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Outputs;
import dev.limpid.model.Vocabulary;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of tokens that says what can't be of windows that begin with a b. */
class ImpossibleAnswersTest {
    private static final String[] TOKENS = {"a", "b", "c", "d"};
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary(TOKENS);
    private static final Outputs ALL = new Outputs(true, true, true, true, true, true, 0);
    private static final SeriesKey S = SeriesKey.of("s");
    private static final int LENGTH = 8;

    private final Recorder<String> out = new Recorder<>();

    /** What a model says of a window's last place, and of every other what is all right. */
    private void run(float confidence, float missingBefore, long missingCount, Outputs outputs, String... sessions) {
        run(confidence, missingBefore, missingCount, 0.5f, outputs, sessions);
    }

    private void run(
            float confidence,
            float missingBefore,
            long missingCount,
            float contribution,
            Outputs outputs,
            String... sessions) {
        FakeTokens.Judge judge = (ids, vocabulary) -> {
            FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
            for (int i = 0; i < ids.length; i++) {
                said.clean[i] = VOCABULARY.id("d");
            }
            Arrays.fill(said.error, 0f);
            Arrays.fill(said.confidence, 0.999f);
            Arrays.fill(said.missingBefore, 0.5f);
            Arrays.fill(said.missingCount, LENGTH);
            if (ids[0] == VOCABULARY.id("b")) {
                said.confidence[LENGTH - 1] = confidence;
                said.missingBefore[LENGTH - 1] = missingBefore;
                said.missingCount[LENGTH - 1] = missingCount;
                said.contribution[LENGTH - 1] = contribution;
            }
            return said;
        };
        PipelineSpec spec = new PipelineSpec(
                        List.of("token"),
                        0,
                        new WindowSpec(LENGTH, 4, LENGTH),
                        1_000,
                        2_000,
                        100_000,
                        Granularity.RECORD,
                        4,
                        AlertSpec.Above.ONE)
                .with(SegmentEnd.RECORD, new Merging.MostConfident(0.3f, 0.99f, VOCABULARY.ids()));
        Pipeline<String> pipeline = new Pipeline<>(
                spec, new ModelSlot(new FakeTokens("1", LENGTH, outputs, judge, TOKENS)), new MemoryStore<>(), out);
        for (String session : sessions) {
            Block block = new Block(1);
            block.begin(0);
            Stream.of(session.split(" ")).forEach(token -> block.add(VOCABULARY.id(token)));
            pipeline.accept(S, session, block);
        }
        pipeline.flush();
        assertThat(pipeline.tally().pending()).isZero();
    }

    private List<String> qualities() {
        return out.samples.get(S).stream()
                .map(sample -> sample.quality().label())
                .toList();
    }

    private void assertThatTheSecondOfThreeFailed(String reason) {
        assertThat(qualities()).as(reason).containsExactly("replaced", "failed", "failed", "replaced");
        assertThat(out.failed).extracting(FailedWindow::reason).containsExactly("failed: the model gives " + reason);
        assertThat(out.scores).extracting(WindowScore::absence).containsExactly("", "failed", "");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.01f, -0.01f, Float.MAX_VALUE})
    void a_window_with_a_confidence_that_cannot_be_fails_alone(float confidence) {
        // When
        run(confidence, 0.5f, 1, ALL, "a", "b c", "c");

        // Then
        assertThatTheSecondOfThreeFailed(confidence + " in output 'confidence', wanted 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1.01f, -0.01f})
    void so_does_one_with_such_a_probability_that_a_token_is_missing(float probability) {
        // When
        run(0.5f, probability, 1, ALL, "a", "b c", "c");

        // Then
        assertThatTheSecondOfThreeFailed(probability + " in output 'missing_before', wanted 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LENGTH + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void so_does_one_that_lacks_as_many_tokens_as_none_can(long count) {
        // When
        run(0.5f, 0.5f, count, ALL, "a", "b c", "c");

        // Then
        assertThatTheSecondOfThreeFailed(count + " in output 'missing_count', wanted 0 to 8");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1.01f, -0.01f})
    void so_does_one_in_which_a_token_contributes_what_none_can(float contribution) {
        // When
        run(0.5f, 0.5f, 1, contribution, ALL, "a", "b c", "c");

        // Then
        assertThatTheSecondOfThreeFailed(contribution + " in output 'contribution', wanted 0 to 1");
    }

    @Test
    void what_the_model_does_not_give_is_not_looked_at() {
        // When
        run(0.5f, Float.NaN, -1, Float.NaN, new Outputs(true, false, false, true, false, false, 0), "b c a b c a b c");
        run(0.5f, 0.5f, -1, new Outputs(true, true, false, true, false, false, 0), "b c a b c a b c");

        // Then
        assertThat(out.failed).isEmpty();
        assertThat(out.samples.get(S).subList(0, 8)).allMatch(token -> token.missingBefore() == 0);
        assertThat(out.samples.get(S).subList(8, 16)).allMatch(token -> token.missingBefore() == 0.5f);
        assertThat(out.samples.get(S)).allMatch(token -> token.missingCount() == 0);
    }

    @Test
    void a_token_that_another_window_holds_as_well_has_that_one_s_value() {
        // When: the windows 0 to 7 and 4 to 11, of which the first would be the surer
        run(Float.POSITIVE_INFINITY, 0.5f, 1, ALL, "b c c c a c c c c c c c");

        // Then
        assertThat(qualities().subList(0, 4)).containsOnly("failed");
        assertThat(qualities().subList(4, 12)).containsOnly("replaced");
        assertThat(out.failed).hasSize(1);
    }

    @Test
    void rounding_beyond_0_and_1_is_no_fault_and_is_not_told() {
        // When
        run(1.000001f, 1.000001f, 0, ALL, "b c a b c a b c");
        run(-0.000001f, -0.000001f, LENGTH, ALL, "b c a b c a b c");

        // Then
        assertThat(out.failed).isEmpty();
        assertThat(out.samples.get(S).get(7).missingBefore()).isEqualTo(1f);
        assertThat(out.samples.get(S).get(15).missingBefore()).isEqualTo(0f);
        assertThat(out.samples.get(S).get(15).missingCount()).isEqualTo(LENGTH);
    }
}
