package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.LogLines;
import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From log lines to templates, and from templates to numbers. */
class DrainTest {
    private static final int ROUNDS = 20;

    /** A core of today matches some twenty times as many. */
    private static final double LEAST_LINES_PER_SECOND = 100_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lines_of_one_template_are_one_group(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        Drain drain = new Drain(Drain.Spec.DEFAULT);
        List<Integer> truth = new ArrayList<>();
        List<Integer> found = new ArrayList<>();

        // When
        for (int i = 0; i < 10_000; i++) {
            int template = LogLines.draw(random);
            truth.add(template);
            found.add(drain.learn(LogLines.line(template, random)));
        }

        // Then
        assertThat(GroupingAccuracy.of(truth, found)).isGreaterThanOrEqualTo(0.95);
        assertThat(drain.freeze().templates()).hasSizeBetween(LogLines.TEMPLATES.size(), LogLines.TEMPLATES.size() + 4);
    }

    @Test
    void frozen_templates_say_of_new_lines_what_learning_said_and_come_back_from_their_texts() {
        // Given
        SplittableRandom random = new SplittableRandom(11);
        Drain drain = new Drain(Drain.Spec.DEFAULT);
        for (int i = 0; i < 5_000; i++) {
            drain.learn(LogLines.line(LogLines.draw(random), random));
        }
        LogTemplates frozen = drain.freeze();

        // When
        List<LogTemplate> texts = frozen.templates().stream()
                .map(template -> LogTemplate.of(template.text(), template.lines()))
                .toList();
        LogTemplates again = new LogTemplates(texts, Drain.Spec.DEFAULT.similarity());

        // Then
        for (int i = 0; i < 2_000; i++) {
            String line = LogLines.line(LogLines.draw(random), random);
            assertThat(frozen.match(line)).isNotNegative().isEqualTo(again.match(line));
        }
        assertThat(again.templates()).isEqualTo(frozen.templates());
    }

    @Test
    void a_line_like_none_is_unknown_once_frozen() {
        // Given
        Drain drain = new Drain(Drain.Spec.DEFAULT);
        drain.learn("Hauled crate crt_1 of girth 5 from 10.0.0.1");
        LogTemplates frozen = drain.freeze();

        // Then
        assertThat(frozen.match("Hauled crate crt_77 of girth 1234 from 10.9.9.9"))
                .isZero();
        assertThat(frozen.match("lantern quarrel - not lit")).isEqualTo(LogTemplates.UNKNOWN);
        assertThat(frozen.match("")).isEqualTo(LogTemplates.UNKNOWN);
        assertThat(frozen.templates()).containsExactly(LogTemplate.of("Hauled crate <*> of girth <*> from <*>", 1));
    }

    @Test
    void a_place_that_differs_without_a_digit_becomes_variable() {
        // Given
        Drain drain = new Drain(Drain.Spec.DEFAULT);

        // When
        drain.learn("User alice logged in from console");
        drain.learn("User bob logged in from console");

        // Then
        assertThat(drain.freeze().templates().stream().map(LogTemplate::text))
                .containsExactly("User <*> logged in from console");
    }

    @Test
    void no_more_templates_are_learned_than_there_is_room_for() {
        // Given
        Drain drain = new Drain(new Drain.Spec(0.5, 128, 2));

        // Then
        assertThat(drain.learn("one thing")).isZero();
        assertThat(drain.learn("another thing here")).isEqualTo(1);
        assertThat(drain.learn("a third thing with more")).isEqualTo(LogTemplates.UNKNOWN);
        assertThat(drain.learn("one thing")).isZero();
    }

    @Test
    void a_template_of_hardly_anything_but_variables_takes_no_line_that_is_not_all_variables_there() {
        // Given
        Drain drain = new Drain(Drain.Spec.DEFAULT);

        // When
        int numbers = drain.learn("1 2 3 of 4");
        int words = drain.learn("1 is less of 4");

        // Then
        assertThat(words).isNotEqualTo(numbers);
        assertThat(drain.learn("5 6 7 of 8")).isEqualTo(numbers);
        assertThat(drain.learn("9 is less of 9")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "Hauling crate crt_-47 off: /10.1.2.3:4711, Hauling crate <*> off: <*>",
        "took 12ms (id=4711), took <*> (id=<*>)",
        "'at 10:11:12,345', at <*>",
        "user=bob of= a=b=c id='x', user=<*> of= a=<*>=<*> id='x'",
        "no variables here, no variables here",
        "a 1 b 2, a <*> b <*>"
    })
    void numbers_ids_and_addresses_are_variables(String line, String tokens) {
        assertThat(String.join(" ", LogTokens.of(line))).isEqualTo(tokens.strip());
    }

    @Test
    void a_line_is_cut_off_where_it_is_no_line() {
        assertThat(LogTokens.of("x ".repeat(100_000))).hasSize(LogTokens.MOST);
    }

    @Test
    void no_template_is_longer_than_a_token_may_be() {
        // Given
        Drain drain = new Drain(Drain.Spec.DEFAULT);
        String words = "first " + "a some-what-long word ".repeat(100);

        // When
        drain.learn(words);
        drain.learn(words.replace(" a ", " b "));
        drain.learn("x".repeat(100_000) + " here");

        // Then
        assertThat(drain.freeze().templates())
                .hasSize(2)
                .allMatch(template -> template.text().length() <= Vocabulary.MAX_CHARACTERS);
        assertThat(drain.freeze().templates().get(1).text()).isEqualTo("<*> here");
    }

    @Test
    void a_core_matches_many_lines_a_second() {
        // Given
        SplittableRandom random = new SplittableRandom(5);
        Drain drain = new Drain(Drain.Spec.DEFAULT);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(LogLines.line(LogLines.draw(random), random));
        }
        lines.forEach(drain::learn);
        LogTemplates frozen = drain.freeze();

        // When: by the time that this thread had, after one round to warm up
        int known = 0;
        long start = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            start = round == 1 ? cpuNanos() : start;
            for (String line : lines) {
                known += frozen.match(line) >= 0 ? 1 : 0;
            }
        }
        double perSecond = ROUNDS * lines.size() / ((cpuNanos() - start) / 1e9);

        // Then
        assertThat(known).isEqualTo((ROUNDS + 1) * lines.size());
        System.out.printf("drain: %,.0f lines/s%n", perSecond);
        assertThat(perSecond).isGreaterThan(LEAST_LINES_PER_SECOND);
    }

    private static long cpuNanos() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
