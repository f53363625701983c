package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.LogLines;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a vocabulary is found in what flows. */
class TokenLearnerTest {
    private static List<String> tokens(TokenLearner learner) {
        return learner.vocabulary().entries().stream()
                .map(Vocabulary.Entry::token)
                .toList();
    }

    @Test
    void it_begins_with_the_given_one_and_goes_on_by_falling_count() {
        // Given
        Vocabulary first = new Vocabulary(List.of(new Vocabulary.Entry("old", 7), new Vocabulary.Entry("b", 7)));
        TokenLearner learner = TokenLearner.of(Definition.Format.TEXT, first);

        // When
        List.of("a", "c", "c", "b", "x".repeat(Vocabulary.MAX_CHARACTERS + 1)).forEach(learner::learn);

        // Then
        assertThat(tokens(learner)).containsExactly("old", "b", "c", "a");
        assertThat(learner.vocabulary().entries().get(1).count()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "text  | open read 7       | open,read,7",
                "json  | [\"open\",null,7]   | open,7",
                "json  | {\"tokens\":[\"a b\"]} | a b",
                "csv   | open              | open",
                "drain | took 7 ms for a   | took <*> ms for a"
            })
    void what_a_decoder_learns_is_what_it_then_knows_and_it_refuses_the_same(
            String format, String value, String known) {
        // Given
        Definition definition = DefinitionLoader.parse(
                "p.yaml",
                "pipeline: p\nkind: tokens\ninput: { topic: raw, format: " + format + " }\nwindow: { length: 8 }\n",
                Map.of());
        TokenLearner learner = TokenLearner.of(definition.input().format(), Vocabulary.EMPTY);
        Block block = new Block(1);

        // When
        Decoder learning = Decoders.hearing(definition, learner::learn);
        String problem = learning.decode(value.getBytes(StandardCharsets.UTF_8), 5, block);
        boolean allUnknown = IntStream.range(0, block.length()).allMatch(i -> block.value(i, 0) <= Kind.Tokens.UNKNOWN);
        Decoder knowing = Decoders.of(definition, learner.vocabulary());
        String again = knowing.decode(value.getBytes(StandardCharsets.UTF_8), 5, block);

        // Then
        assertThat(problem).isNull();
        assertThat(again).isNull();
        assertThat(allUnknown).isTrue();
        assertThat(tokens(learner)).containsExactlyInAnyOrder(known.split(","));
        assertThat(IntStream.range(0, block.length()).mapToObj(i -> block.value(i, 0)))
                .doesNotContain((float) Kind.Tokens.UNKNOWN);
        assertThat(learning.decode(new byte[] {0}, 5, block)).isEqualTo(knowing.decode(new byte[] {0}, 5, block));
    }

    @Test
    void a_flood_of_tokens_that_come_once_takes_no_more_room_and_drives_no_frequent_one_out() {
        // Given room for 10
        TextLearner learner = new TextLearner(Vocabulary.EMPTY, 10);

        // When
        for (int i = 0; i < 10_000; i++) {
            learner.learn("flood-" + i);
            learner.learn("frequent-" + i % 5);
        }

        // Then
        assertThat(tokens(learner))
                .hasSize(10)
                .startsWith("frequent-0", "frequent-1", "frequent-2", "frequent-3", "frequent-4");
        assertThat(learner.size()).isLessThanOrEqualTo(20);
    }

    @Test
    void one_that_is_frequent_later_on_is_not_driven_out_by_what_was_frequent_before() {
        // Given room for 10, and as many that came a thousand times
        TextLearner learner = new TextLearner(Vocabulary.EMPTY, 10);
        for (int i = 0; i < 10_000; i++) {
            learner.learn("before-" + i % 10);
        }

        // When
        for (int i = 0; i < 100_000; i++) {
            learner.learn("flood-" + i);
            learner.learn(i % 4 == 0 ? "later" : "flood again-" + i);
        }

        // Then
        assertThat(tokens(learner)).hasSize(10).contains("later");
        assertThat(learner.size()).isLessThanOrEqualTo(20);
        assertThat(learner.shortage())
                .contains("there are more than 10 different tokens, the most of a vocabulary; the rarest stay unknown");
    }

    @Test
    void no_more_templates_are_learned_than_there_is_room_for_with_those_it_began_with_and_it_says_so() {
        // Given
        Vocabulary first = new Vocabulary(List.of(new Vocabulary.Entry("the first one", 7)));
        TokenLearner learner = new LogLearner(first, new Drain.Spec(0.5, 128, 2));

        // When
        List.of("the first one", "a second", "no third any more", "a second").forEach(learner::learn);

        // Then
        assertThat(tokens(learner)).containsExactly("the first one", "a second");
        assertThat(learner.shortage()).hasValueSatisfying(words -> assertThat(words)
                .startsWith("1 log lines are like none of 2 templates, the most there is room for, and stay unknown"));
        assertThat(new LogLearner(first).shortage()).isEmpty();
        assertThat(new LogLearner(first, new Drain.Spec(0.5, 128, 0)).shortage())
                .isEmpty();
    }

    @Test
    void lines_of_a_log_teach_templates_unless_they_are_like_one_that_is_there() {
        // Given
        SplittableRandom random = new SplittableRandom(3);
        String known = "Courier <*> of parcel <*> resting";
        TokenLearner learner =
                TokenLearner.of(Definition.Format.DRAIN, new Vocabulary(List.of(new Vocabulary.Entry(known, 1))));

        // When
        for (int i = 0; i < 40; i++) {
            learner.learn(LogLines.line(i % 3, random));
        }

        // Then
        assertThat(tokens(learner))
                .containsExactly(
                        known, "Stored parcel <*> of weight <*> from <*>", "Fetching parcel <*> out: <*> back: <*>");
    }
}
