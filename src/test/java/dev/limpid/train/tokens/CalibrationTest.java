package dev.limpid.train.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Count vectors, and the thresholds of the checks. */
class CalibrationTest {
    @Test
    void a_vector_that_another_session_has_lies_at_0_and_another_one_does_not() {
        // Given: two kinds of session, and one that differs from the first by one more b
        CountVectors counts = counts("a b", "a b", "a c", "a c", "a b b");
        TokenWindows windows = windows("a b", "a b", "a c", "a c", "a b b");

        // Then
        assertThat(IntStream.range(0, 4).mapToObj(i -> counts.toOthers(windows.at(i))))
                .allMatch(distance -> distance == 0);
        assertThat(counts.toOthers(windows.at(4))).isPositive();
        assertThat(counts.distance(windows.at(4))).isZero();
        assertThat(counts.size()).isEqualTo(3);
    }

    @Test
    void a_token_whose_count_never_varies_weighs_more_than_one_that_comes_as_often_as_it_likes() {
        // Given: always two a, and any number of b
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sessions.add("a a" + " b".repeat(3 * (i % 6)));
        }
        CountVectors counts = counts(sessions.toArray(String[]::new));
        Sessions of = sessions(sessions);
        float[] weights = counts.weights();

        // Then
        assertThat(weights[of.vocabulary().id("a")])
                .isGreaterThan(3 * weights[of.vocabulary().id("b")]);
        assertThat(weights[0]).isZero();
        assertThat(weights[1]).isZero();
    }

    @Test
    void the_most_frequent_vectors_are_kept() {
        // When
        TokenWindows windows = windows("a", "b b", "b b", "c c c", "c c c", "c c c");
        CountVectors counts = new CountVectors(windows, 6, 2, 0, 1, 2, 3, 4, 5);

        // Then
        assertThat(counts.size()).isEqualTo(2);
        assertThat(counts.distance(windows.at(1))).isZero();
        assertThat(counts.distance(windows.at(0))).isPositive();
    }

    @Test
    void half_of_the_least_distance_lies_between_what_is_there_and_all_else() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            SplittableRandom random = new SplittableRandom(seed);
            String[] drawn = new String[60];
            Arrays.setAll(drawn, i -> words(random, 1 + random.nextInt(8)));
            CountVectors counts = counts(drawn);
            int ids = sessions(List.of(drawn)).vocabulary().ids();

            for (int i = 0; i < 200; i++) {
                // When
                int[] window = new int[32];
                Arrays.setAll(window, at -> at < 1 + random.nextInt(20) ? 2 + random.nextInt(ids - 2) : 0);
                double distance = counts.distance(window);

                // Then
                assertThat(distance == 0 || distance >= 2 * counts.half() - 1e-9)
                        .as("seed %d: %s, half %s", seed, distance, counts.half())
                        .isTrue();
            }
        }
    }

    private static String words(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "abcd".substring(random.nextInt(3)).substring(0, 1))
                .collect(Collectors.joining(" "));
    }

    @Test
    void a_threshold_is_not_below_the_least_there_is_and_nothing_else_stands_out_for_that() {
        // Given: every session's counts are those of another, and those of faults are not
        Map<Check, double[]> evidence = Map.of(Check.COUNTS, new double[60]);
        Map<Check, double[]> faults = Map.of(Check.COUNTS, new double[] {0, 0.2, 0.5});

        // When
        Thresholds thresholds = Thresholds.of(evidence, faults, 0.001, Map.of(Check.COUNTS, 0.1));

        // Then
        assertThat(thresholds.of(Check.COUNTS)).isEqualTo(0.1);
        assertThat(thresholds.found())
                .isEqualTo(Thresholds.of(evidence, faults, 0.001, Map.of()).found());
    }

    @Test
    void of_units_no_larger_share_than_the_budget_stands_out() {
        for (int seed = 0; seed < 50; seed++) {
            // Given
            Map<Check, double[]> evidence = drawn(seed, 2000);

            // When
            Thresholds thresholds = Thresholds.of(evidence, drawn(seed + 1000, 20_000), 0.005, Map.of());

            // Then
            long above = IntStream.range(0, 2000)
                    .filter(unit -> thresholds.score(evidence, unit) > 1)
                    .count();
            assertThat(thresholds.above()).isEqualTo((int) above).isBetween(5, 10); // the margin takes some
        }
    }

    @Test
    void of_units_that_come_later_no_larger_share_than_the_budget_stands_out_either() {
        // Given: two thresholds from as few units as there may be, over and over
        int later = 0;
        for (int seed = 0; seed < 200; seed++) {
            Thresholds thresholds = Thresholds.of(drawn(seed, 500), drawn(seed + 1000, 500), 0.004, Map.of());

            // When
            Map<Check, double[]> next = drawn(seed + 5000, 500);
            later += (int) IntStream.range(0, 500)
                    .filter(unit -> thresholds.score(next, unit) > 1)
                    .count();
        }

        // Then
        assertThat(later / (200 * 500.0)).isLessThanOrEqualTo(0.004);
    }

    @Test
    void the_budget_goes_to_the_check_that_finds_faults() {
        // Given: the counts of faults are beyond all but the four greatest, their surprise is usual
        double[] usual = IntStream.range(0, 1000).asDoubleStream().toArray();
        Map<Check, double[]> evidence = Map.of(Check.SURPRISE, usual, Check.COUNTS, usual.clone());
        double[] counts = new double[100];
        Arrays.fill(counts, 997.5);
        Map<Check, double[]> faults = Map.of(Check.SURPRISE, new double[100], Check.COUNTS, counts);

        // When
        Thresholds thresholds = Thresholds.of(evidence, faults, 0.005, Map.of());

        // Then
        assertThat(thresholds.of(Check.SURPRISE)).isGreaterThan(1000);
        assertThat(thresholds.of(Check.COUNTS)).isLessThan(997.5);
        assertThat(thresholds.above()).isLessThanOrEqualTo(4);
    }

    @Test
    void those_that_stand_out_by_two_checks_cost_the_budget_once() {
        // Given: both checks agree on what is normal, and each finds faults that the other does not
        double[] usual = IntStream.range(0, 1000).asDoubleStream().toArray();
        Map<Check, double[]> evidence = Map.of(Check.SURPRISE, usual, Check.COUNTS, usual.clone());
        double[] one = new double[100];
        double[] other = new double[100];
        Arrays.fill(one, 0, 50, 998.5);
        Arrays.fill(other, 50, 100, 998.5);
        Map<Check, double[]> faults = Map.of(Check.SURPRISE, one, Check.COUNTS, other);

        // When: two that were seen, and for each check one that was not
        Thresholds thresholds = Thresholds.of(evidence, faults, 0.004, Map.of());

        // Then
        assertThat(IntStream.range(0, 100)).allMatch(fault -> thresholds.score(faults, fault) > 1);
        assertThat(thresholds.above()).isLessThanOrEqualTo(2);
    }

    @Test
    void with_too_few_units_for_the_budget_nothing_seen_stands_out() {
        assertThat(Thresholds.of(drawn(1, 100), drawn(2, 100), 0.001, Map.of()).above())
                .isZero();
    }

    @Test
    void the_threshold_of_a_whole_number_lies_between_two() {
        // Given
        double[] values = new double[1000];
        values[3] = 2;
        values[4] = 1;

        // When
        Thresholds thresholds = Thresholds.of(
                Map.of(Check.UNKNOWN, values), Map.of(Check.UNKNOWN, new double[] {2, 2, 2}), 0.002, Map.of());

        // Then
        assertThat(thresholds.of(Check.UNKNOWN)).isEqualTo(1.5);
        assertThat(thresholds.above()).isEqualTo(1);
    }

    @Test
    void an_edited_session_has_one_fault() {
        // Given
        Sessions sessions = sessions(List.of("a b c d e", "b c d e a"));

        // When
        Sessions edited = Edited.of(sessions, 600, 3);

        // Then: by turns lost, twice, put in, replaced, swapped, broken off
        for (int i = 0; i < edited.size(); i++) {
            int length = edited.at(i).length;
            switch (i % 6) {
                case 0 -> assertThat(length).isEqualTo(4);
                case 1, 2 -> assertThat(length).isEqualTo(6);
                case 3, 4 -> assertThat(length).isEqualTo(5);
                default -> assertThat(length).isBetween(1, 4);
            }
        }
        assertThat(Edited.of(sessions, 6, 3).at(2)).isEqualTo(edited.at(2));
    }

    private static Map<Check, double[]> drawn(long seed, int units) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] one = new double[units];
        double[] other = new double[units];
        Arrays.setAll(one, i -> random.nextDouble());
        Arrays.setAll(other, i -> random.nextDouble());
        return Map.of(Check.SURPRISE, one, Check.COUNTS, other);
    }

    private static Sessions sessions(List<String> texts) {
        return Sessions.of(List.of(new SessionFile(
                "a", "00", texts.stream().map(text -> List.of(text.split(" "))).toList())));
    }

    private static TokenWindows windows(String... texts) {
        return new TokenWindows(sessions(List.of(texts)), 32, 16);
    }

    private static CountVectors counts(String... texts) {
        Sessions sessions = sessions(List.of(texts));
        TokenWindows windows = new TokenWindows(sessions, 32, 16);
        int[] units = IntStream.range(0, texts.length).toArray();
        return new CountVectors(windows, sessions.vocabulary().ids(), 512, units);
    }
}
