package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reason;
import dev.limpid.model.Vocabulary;
import dev.limpid.score.Alert;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.Surprisal;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tokens through the pipeline, with a model that knows the circle a, b, c, d, a, …. */
class TokenPipelineTest {
    private static final String[] TOKENS = {"a", "b", "c", "d"};
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary(TOKENS);
    private static final SeriesKey S = SeriesKey.of("s");
    private final Recorder<String> out = new Recorder<>();
    private final ModelSlot slot = new ModelSlot(FakeTokens.circle("1", 8, TOKENS));

    private Pipeline<String> pipeline(SegmentEnd end) {
        return pipeline(end, new Merging.MostConfident(0.3f, 0.99f, VOCABULARY.ids()));
    }

    private Pipeline<String> pipeline(SegmentEnd end, Merging merging) {
        PipelineSpec spec = new PipelineSpec(
                        List.of("token"),
                        0,
                        new WindowSpec(8, 4, 8),
                        1_000,
                        2_000,
                        100_000,
                        Granularity.RECORD,
                        4,
                        AlertSpec.Above.ONE)
                .with(end, merging);
        return new Pipeline<>(spec, slot, new MemoryStore<>(), out);
    }

    /** Tokens with spaces between; {@code ?} is masked, {@code !} unknown. */
    private static void accept(Pipeline<String> pipeline, String record, long ms) {
        Block block = new Block(1);
        block.begin(ms);
        for (String token : record.split(" ")) {
            block.add(token.equals("?") ? Kind.Tokens.MASKED : VOCABULARY.id(token));
        }
        pipeline.accept(S, record, block);
    }

    private String cleaned() {
        return out.samples.get(S).stream()
                .map(sample ->
                        text((int) sample.clean()[0]) + "/" + sample.quality().label())
                .collect(Collectors.joining(" "));
    }

    private static String text(int id) {
        return id == Kind.Tokens.MASKED ? "?" : id == Kind.Tokens.UNKNOWN ? "!" : VOCABULARY.token(id);
    }

    @Test
    void a_record_is_a_session_and_its_window_is_padded() {
        // When
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a b c", 0);
        accept(pipeline, "b c", 0);
        pipeline.flush();

        // Then: both have left, though no window was full and nothing came behind them
        assertThat(out.records.get(S)).containsExactly("a b c", "b c");
        assertThat(cleaned()).isEqualTo("a/cleaned b/cleaned c/cleaned b/cleaned c/cleaned");
        assertThat(out.scores).hasSize(2).allMatch(score -> score.score() == 0 && score.observed() == 1f);
    }

    @Test
    void a_masked_token_is_filled_in_and_a_wrong_one_replaced_where_the_model_is_sure() {
        // When
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a ? c a", 0);
        pipeline.flush();

        // Then: after the masked one it knows nothing of c
        assertThat(cleaned()).isEqualTo("a/cleaned b/imputed c/cleaned d/replaced");
        Tally tally = pipeline.tally();
        assertThat(List.of(tally.accepted(), tally.cleaned(), tally.imputed(), tally.replaced(), tally.pending()))
                .containsExactly(4L, 2L, 1L, 1L, 0L);
    }

    @Test
    void below_the_confidence_tokens_leave_as_they_came() {
        // When
        Pipeline<String> pipeline =
                pipeline(SegmentEnd.RECORD, new Merging.MostConfident(0.999f, 0.999f, VOCABULARY.ids()));
        accept(pipeline, "a ? c a", 0);
        pipeline.flush();

        // Then
        assertThat(cleaned()).isEqualTo("a/cleaned ?/missing c/cleaned a/cleaned");
    }

    @Test
    void an_unknown_token_leaves_as_it_came_is_counted_and_is_in_the_score() {
        // When
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a b x", 0);
        pipeline.flush();

        // Then
        assertThat(cleaned()).isEqualTo("a/cleaned b/cleaned !/unknown");
        assertThat(pipeline.tally().unknown()).isEqualTo(1);
        assertThat(pipeline.tally().passedThrough()).isEqualTo(1);
        assertThat(out.scores.get(0).score()).isEqualTo(2.25f);
        assertThat(out.scores.get(0).surprisals()).containsExactly(new Surprisal(2, Kind.Tokens.UNKNOWN, 9));
        assertThat(out.alerts).extracting(Alert::state).containsExactly(Alert.State.RAISED);
        assertThat(out.alerts.get(0).deviation()).isEqualTo(2.25f);
        assertThat(out.scores.get(0).reason()).isEqualTo(Reason.NEW_TOKEN);
        assertThat(out.alerts.get(0).reason()).isEqualTo(Reason.NEW_TOKEN);
    }

    @Test
    void an_id_that_the_pipeline_did_not_start_with_is_never_proposed() {
        // Given: a model with a token more
        ModelSlot newer = new ModelSlot(FakeTokens.circle("2", 8, "a", "b", "c", "d", "e"));
        PipelineSpec spec = new PipelineSpec(
                        List.of("token"),
                        0,
                        new WindowSpec(8, 4, 8),
                        1_000,
                        2_000,
                        100_000,
                        Granularity.RECORD,
                        4,
                        AlertSpec.Above.ONE)
                .with(SegmentEnd.RECORD, new Merging.MostConfident(0.3f, 0.99f, VOCABULARY.ids()));
        Pipeline<String> pipeline = new Pipeline<>(spec, newer, new MemoryStore<>(), out);

        // When: it would have e behind d
        accept(pipeline, "c d a", 0);
        pipeline.flush();

        // Then
        assertThat(cleaned()).isEqualTo("c/cleaned d/cleaned a/cleaned");
    }

    @Test
    void a_session_ends_with_its_marker() {
        // When
        Pipeline<String> pipeline = pipeline(new SegmentEnd.Marker(VOCABULARY.id("d")));
        for (String token : "a b c d a b".split(" ")) {
            accept(pipeline, token, 0);
        }
        pipeline.flush();

        // Then: the second session is open, and waits
        assertThat(out.records.get(S)).containsExactly("a", "b", "c", "d");
        pipeline.endAll();
        pipeline.flush();
        assertThat(out.records.get(S)).hasSize(6);
        assertThat(out.scores).hasSize(2);
    }

    @Test
    void a_long_session_takes_several_windows_and_a_surprisal_says_where_in_it() {
        // When: 12 tokens are the windows 0 to 7 and 4 to 11; b for d at 9
        Pipeline<String> pipeline = pipeline(new SegmentEnd.Length(12));
        accept(pipeline, "a b c d a b c d a b", 0);
        accept(pipeline, "b d", 0);
        accept(pipeline, "a", 0);
        pipeline.flush();

        // Then
        assertThat(out.records.get(S)).hasSize(2);
        assertThat(out.scores).hasSize(2);
        assertThat(out.scores.get(0).surprisals()).isEmpty();
        assertThat(out.scores.get(1).surprisals())
                .containsExactly(new Surprisal(10, VOCABULARY.id("b"), 5), new Surprisal(11, VOCABULARY.id("d"), 5));
    }

    @Test
    void a_score_names_first_what_its_window_stands_out_by() {
        // Given: a model that holds every c for the cause, whatever it finds hard to believe
        FakeTokens.Judge judge = (ids, vocabulary) -> {
            FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
            for (int i = 0; i < ids.length; i++) {
                said.contribution[i] = ids[i] == VOCABULARY.id("c") ? 0.5f : 0;
                said.error[i] = i + 1;
            }
            return said;
        };
        Outputs all = new Outputs(true, true, true, true, true, true, 0);
        slot.install(new FakeTokens("2", 8, all, judge, TOKENS));

        // When
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a c b c d", 0);
        accept(pipeline, "a b", 0);
        pipeline.flush();

        // Then
        int c = VOCABULARY.id("c");
        assertThat(out.scores.get(0).surprisals())
                .containsExactly(new Surprisal(1, c, 2, 0.5f), new Surprisal(3, c, 4, 0.5f));
        assertThat(out.scores.get(1).surprisals())
                .extracting(Surprisal::error, Surprisal::contribution)
                .containsExactly(tuple(2f, 0f), tuple(1f, 0f));
    }

    @Test
    void of_two_windows_the_one_that_is_surer_decides() {
        // Given: the first of a window is all it knows nothing of; slot 4 is the first of the second window
        Pipeline<String> pipeline = pipeline(new SegmentEnd.Length(12));

        // When
        accept(pipeline, "a b c d ? b c d a b c d", 0);
        pipeline.flush();

        // Then: the first window was sure of it
        assertThat(out.samples.get(S).get(4).quality()).isEqualTo(Quality.IMPUTED);
        assertThat(text((int) out.samples.get(S).get(4).clean()[0])).isEqualTo("a");
    }

    @Test
    void a_token_that_is_likely_to_be_missing_is_reported_before_the_next() {
        // When: c is missing
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD, new Merging.MostConfident(1f, 1f, VOCABULARY.ids()));
        accept(pipeline, "a b d a", 0);
        pipeline.flush();

        // Then
        assertThat(out.samples.get(S)).extracting(Recorder.Out::missingBefore).containsExactly(0.1f, 0.1f, 0.9f, 0.1f);
        assertThat(out.samples.get(S)).extracting(Recorder.Out::missingCount).containsExactly(0, 0, 1, 0);
    }

    /** What the overlapping windows of twelve tokens say is missing: the first window is so sure of its tokens, the second 0.5. */
    private List<Integer> countsOf(float sure) {
        slot.install(new FakeTokens(
                "2",
                8,
                (ids, vocabulary) -> {
                    boolean first = ids[0] == VOCABULARY.id("a");
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    Arrays.fill(said.error, 0f);
                    Arrays.fill(said.confidence, first ? sure : 0.5f);
                    Arrays.fill(said.missingBefore, 0.9f);
                    Arrays.fill(said.missingCount, first ? 2 : 3);
                    return said;
                },
                TOKENS));
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a a a a b b b b b b b b", 0);
        pipeline.flush();
        return out.samples.get(S).stream().map(Recorder.Out::missingCount).toList();
    }

    @Test
    void of_two_windows_the_one_that_is_surer_says_how_many_are_missing() {
        assertThat(countsOf(0.6f)).containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void the_window_that_comes_first_does_not_if_it_is_less_sure() {
        assertThat(countsOf(0.4f)).containsExactly(2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    }

    @Test
    void a_model_that_does_not_say_what_is_missing_or_why_leaves_nothing_of_the_one_before() {
        // Given: one pipeline, and a model that tells
        Pipeline<String> pipeline = pipeline(SegmentEnd.RECORD);
        accept(pipeline, "a b d a", 0);
        pipeline.flush();
        out.samples.clear();

        // When
        slot.install(new FakeTokens(
                "2", 8, new Outputs(true, false, false, true, false, false, 0), FakeTokens::random, TOKENS));
        accept(pipeline, "a b d a", 0);
        pipeline.flush();

        // Then
        assertThat(out.samples.get(S)).allMatch(token -> token.missingBefore() == 0 && token.missingCount() == 0);
        assertThat(out.scores.get(0).reason()).isNotNull();
        assertThat(out.scores.get(1).reason()).isNull();
    }
}
