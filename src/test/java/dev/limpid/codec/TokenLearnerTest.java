package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.demo.LogLines;
import dev.limpid.model.Vocabulary;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
    }

    @Test
    void lines_of_a_log_teach_templates_unless_they_are_like_one_that_is_there() {
        // Given
        SplittableRandom random = new SplittableRandom(3);
        String known = "PacketResponder <*> for block <*> terminating";
        TokenLearner learner =
                TokenLearner.of(Definition.Format.DRAIN, new Vocabulary(List.of(new Vocabulary.Entry(known, 1))));

        // When
        for (int i = 0; i < 40; i++) {
            learner.learn(LogLines.line(i % 3, random));
        }

        // Then
        assertThat(tokens(learner))
                .containsExactly(
                        known, "Received block <*> of size <*> from <*>", "Receiving block <*> src: <*> dest: <*>");
    }
}
