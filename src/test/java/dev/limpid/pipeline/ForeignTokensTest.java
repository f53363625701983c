package dev.limpid.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that the model knows nothing of. */
class ForeignTokensTest {
    private static final SeriesKey S = SeriesKey.of("s");
    private static final String[] TOKENS = {"a", "b", "c", "d"};
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary(TOKENS);

    private final ModelSlot slot = new ModelSlot(all(9));
    private final Recorder<String> out = new Recorder<>();

    private static String text(int id) {
        return id == Kind.Tokens.MASKED ? "?" : VOCABULARY.token(id);
    }

    /** A model of windows of 8 that would have each token be an a, and finds tokens other than a as hard to believe as {@code error}. */
    private static FakeTokens all(float error) {
        return new FakeTokens(
                "2",
                8,
                (ids, vocabulary) -> {
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    for (int i = 0; i < ids.length; i++) {
                        said.clean[i] = VOCABULARY.id("a");
                        said.confidence[i] = 0.999f;
                        said.error[i] = ids[i] == VOCABULARY.id("a") ? 0 : error;
                    }
                    return said;
                },
                TOKENS);
    }

    private List<String> came(FakeTokens model, String session) {
        slot.install(model);
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
        Pipeline<String> pipeline = new Pipeline<>(spec, slot, new MemoryStore<>(), out);
        Block block = new Block(1);
        block.begin(0);
        for (String token : session.split(" ")) {
            block.add(token.equals("?") ? Kind.Tokens.MASKED : VOCABULARY.id(token));
        }
        pipeline.accept(S, session, block);
        pipeline.flush();
        return out.samples.get(S).stream()
                .map(sample ->
                        text((int) sample.clean()[0]) + "/" + sample.quality().label())
                .toList();
    }

    @Test
    void a_window_that_the_model_believes_less_than_the_frequencies_leaves_as_it_came() {
        assertThat(came(all(9), "c b b c b ? a a"))
                .as("five of the seven known tokens are harder to believe")
                .containsExactly(
                        "c/foreign",
                        "b/foreign",
                        "b/foreign",
                        "c/foreign",
                        "b/foreign",
                        "?/missing",
                        "a/foreign",
                        "a/foreign");
    }

    @Test
    void a_few_wrong_tokens_do_not_make_a_window_foreign() {
        assertThat(came(all(9), "a b b a"))
                .as("half of them")
                .containsExactly("a/cleaned", "a/replaced", "a/replaced", "a/cleaned");
    }

    @Test
    void nor_do_many_that_are_no_harder_to_believe_than_usual() {
        assertThat(came(all(0.1f), "b b b c")).containsExactly("a/replaced", "a/replaced", "a/replaced", "a/replaced");
    }

    @Test
    void of_two_windows_the_one_that_is_not_foreign_decides() {
        // Given: windows of 8, one every 4: the first is foreign, the second is not
        assertThat(came(all(9), "b b b b b a a a a a a a"))
                .startsWith("b/foreign", "b/foreign", "b/foreign", "b/foreign", "a/replaced", "a/cleaned");
    }
}
