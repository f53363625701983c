package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that no longer change. */
class LogTemplatesTest {
    /** Lines of so few words that most are like several templates. */
    static List<String> lines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder line = new StringBuilder("w" + (char) ('a' + random.nextInt(6)));
            for (int word = 0; word < 2 + random.nextInt(4); word++) {
                line.append(' ')
                        .append(random.nextInt(5) == 0 ? "7" : String.valueOf((char) ('a' + random.nextInt(6))));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static List<String> texts(Vocabulary vocabulary, List<String> lines) {
        LogTemplates templates = LogTemplates.of(vocabulary);
        return lines.stream()
                .map(templates::match)
                .map(number ->
                        number < 0 ? "none" : templates.templates().get(number).text())
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_line_is_of_the_same_template_whatever_their_order_and_without_those_that_no_line_is_of(long seed) {
        // Given: more first words than are told apart while learning
        Random random = new Random(seed);
        List<String> lines = lines(random, 2_000);
        for (int i = 0; i < 300; i++) {
            lines.add(Integer.toString(i, 26).replaceAll("[0-9]", "z") + " is the " + (char) ('a' + i % 5) + " of all");
        }
        LogLearner learner = new LogLearner(Vocabulary.EMPTY);
        lines.forEach(learner::learn);
        Vocabulary vocabulary = learner.vocabulary();
        List<String> found = texts(vocabulary, lines);

        // When
        List<Vocabulary.Entry> entries = new ArrayList<>(vocabulary.entries());
        entries.removeIf(entry -> !found.contains(entry.token()));
        Collections.shuffle(entries, random);

        // Then
        assertThat(found).doesNotContain("none");
        assertThat(texts(new Vocabulary(entries), lines)).isEqualTo(found);
    }
}
