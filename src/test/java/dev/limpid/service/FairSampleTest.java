package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairSampleTest {
    private static final OffsetRange RANGE = new OffsetRange("raw", 0, 0, 1);
    private static final List<float[]> VALUES = List.of(new float[] {1});

    private static SeriesKey series(int i) {
        return SeriesKey.of("sensor-" + i);
    }

    private static void speak(FairSample<Piece> sample, SeriesKey series) {
        if (sample.wants(series)) {
            sample.take(new Piece(RANGE, series, sample.next(series), VALUES));
        }
    }

    private static Map<SeriesKey, Integer> counts(List<Piece> pieces) {
        Map<SeriesKey, Integer> counts = new HashMap<>();
        pieces.forEach(piece -> counts.merge(piece.series(), 1, Integer::sum));
        return counts;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_series_that_speaks_a_thousand_times_as_often_has_no_greater_share_than_its_part(long seed) {
        // Given a topic of which sensor 0 has 99 %
        int most = 200;
        FairSample<Piece> sample = new FairSample<>(most, 50, seed, any -> {});
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            order.addAll(Collections.nCopies(i == 0 ? 20_000 : 20, i));
        }
        Collections.shuffle(order, new Random(seed));

        // When
        order.forEach(i -> speak(sample, series(i)));

        // Then 200 pieces of 20 series are ten of each
        assertThat(counts(sample.items())).hasSize(20).allSatisfy((key, count) -> assertThat(count)
                .isEqualTo(most / 20));
    }

    @Test
    void every_series_is_as_likely_as_any_other_however_often_it_speaks() {
        // Given 30 series, room for 10, and series i speaks i + 1 times
        int[] chosen = new int[30];
        int runs = 1_500;

        // When
        for (int seed = 0; seed < runs; seed++) {
            FairSample<Piece> sample = new FairSample<>(10, 10, seed, any -> {});
            for (int turn = 0; turn < 30; turn++) {
                for (int i = turn; i < 30; i++) {
                    speak(sample, series(i));
                }
            }
            sample.items()
                    .forEach(piece ->
                            chosen[Integer.parseInt(piece.series().toString().substring(7))]++);
        }

        // Then each has a third: 500, give or take five deviations of 18
        assertThat(chosen)
                .satisfies(each -> assertThat(Arrays.stream(each)).allMatch(count -> count > 410 && count < 590));
    }

    @Test
    void every_piece_of_a_series_is_as_likely_as_any_other_also_after_its_share_has_shrunk() {
        // Given one series of 40 pieces; other series come half-way
        int[] chosen = new int[40];
        int runs = 2_000;

        // When its share falls from 16 to 4
        for (int seed = 0; seed < runs; seed++) {
            FairSample<Piece> sample = new FairSample<>(16, 4, seed, any -> {});
            for (int i = 0; i < 40; i++) {
                speak(sample, series(0));
                if (i == 20) {
                    speak(sample, series(1));
                    speak(sample, series(2));
                    speak(sample, series(3));
                }
            }
            sample.items().stream()
                    .filter(piece -> piece.series().equals(series(0)))
                    .forEach(piece -> chosen[(int) piece.number()]++);
        }

        // Then each is kept in a tenth of the runs: 200, give or take five deviations of 13
        assertThat(chosen)
                .satisfies(each -> assertThat(Arrays.stream(each)).allMatch(count -> count > 133 && count < 267));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void how_the_partitions_came_interleaved_does_not_show(long seed) {
        // Given
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            order.addAll(Collections.nCopies(1 + i * 3, i));
        }
        List<Integer> other = new ArrayList<>(order);
        Collections.shuffle(other, new Random(seed));
        FairSample<Piece> one = new FairSample<>(64, 16, seed, any -> {});
        FairSample<Piece> two = new FairSample<>(64, 16, seed, any -> {});

        // When
        order.forEach(i -> speak(one, series(i)));
        other.forEach(i -> speak(two, series(i)));

        // Then
        assertThat(two.items()).hasSizeGreaterThan(40).isEqualTo(one.items());
    }

    @Test
    void never_more_is_kept_than_was_said_and_a_series_that_made_room_does_not_come_back() {
        // Given
        List<SeriesKey> dropped = new ArrayList<>();
        FairSample<Piece> sample = new FairSample<>(32, 8, 7, dropped::add);

        // When
        for (int i = 0; i < 5_000; i++) {
            speak(sample, series(i % 500));
            assertThat(sample.items().size()).isLessThanOrEqualTo(32);
        }

        // Then
        assertThat(sample.series()).isEqualTo(8);
        assertThat(dropped).doesNotHaveDuplicates().hasSizeLessThan(60);
        assertThat(dropped).noneMatch(sample::wants);
    }
}
