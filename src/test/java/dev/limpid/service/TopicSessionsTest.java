package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.kafka.AlertsTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Merging;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where sessions of a topic begin and end, and which of them are taken. */
class TopicSessionsTest {
    private static final OffsetRange WHOLE = new OffsetRange("raw", 0, 0, 1_000);
    private static final OffsetRange CUT = new OffsetRange("raw", 0, 500, 1_000);
    private static final SeriesKey A = SeriesKey.of("a");
    private static final SeriesKey B = SeriesKey.of("b");
    private static final int END = 9;

    /** Windows of 4 every 2; a silence of more than a second is a gap, and ends a session of whoever is silent for so long. */
    private static TopicSessions sessions(SegmentEnd end, LeftOut leftOut) {
        return sessions(end, leftOut, List.of(WHOLE));
    }

    private static TopicSessions sessions(SegmentEnd end, LeftOut leftOut, List<OffsetRange> ranges) {
        PipelineSpec spec = new PipelineSpec(
                        List.of("token"),
                        0,
                        new WindowSpec(4, 2, 4),
                        1_000,
                        1_000,
                        1_000_000,
                        Granularity.RECORD,
                        8,
                        AlertSpec.DEFAULT)
                .with(end, new Merging.MostConfident(0.9f, 0.9f, 10));
        return new TopicSessions(spec, 1, ranges, leftOut, () -> true);
    }

    private static void say(TopicSessions to, OffsetRange range, SeriesKey series, long ms, int... ids) {
        Block block = new Block(1);
        block.begin(ms);
        for (int id : ids) {
            block.add(id);
        }
        assertThat(to.wants(series)).isTrue();
        to.take(range, series, block);
    }

    private static List<List<Integer>> ids(TopicSessions of, long nowMs) {
        return of.sessions(nowMs).stream()
                .map(session -> IntStream.of(session.ids()).boxed().toList())
                .toList();
    }

    @Test
    void a_marker_a_gap_and_silence_end_a_session_and_one_that_is_not_over_is_left_out() {
        // Given
        TopicSessions topic = sessions(new SegmentEnd.Marker(END), LeftOut.NONE);

        // When
        say(topic, WHOLE, A, 100, 3, 4, 5);
        say(topic, WHOLE, B, 150, 3);
        say(topic, WHOLE, A, 200, 4, END);
        say(topic, WHOLE, A, 200, 5, 1, 2);
        say(topic, WHOLE, A, 1_500, 6);
        say(topic, WHOLE, B, 2_000, 7);

        // Then A ended by the marker and by a gap, B by one; what A and B went on with is not a second old
        assertThat(ids(topic, 2_400)).containsExactly(List.of(3, 4, 5, 4, END), List.of(3), List.of(5, 1, 2));
        assertThat(topic.omitted().inPart).isEqualTo(2);
    }

    @Test
    void whoever_has_been_silent_for_long_now_is_over() {
        // Given
        TopicSessions topic = sessions(SegmentEnd.GAPS, LeftOut.NONE);

        // When
        say(topic, WHOLE, A, 100, 3);
        say(topic, WHOLE, B, 900, 4);

        // Then
        assertThat(ids(topic, 1_500)).containsExactly(List.of(3));
    }

    @Test
    void what_may_have_begun_before_what_is_read_is_left_out_but_records_that_are_sessions() {
        // Given
        TopicSessions marked = sessions(new SegmentEnd.Marker(END), LeftOut.NONE, List.of(CUT));
        TopicSessions records = sessions(SegmentEnd.RECORD, LeftOut.NONE, List.of(CUT));

        // When
        for (TopicSessions topic : List.of(marked, records)) {
            say(topic, CUT, A, 100, 3, END);
            say(topic, CUT, A, 200, 4, END);
            say(topic, CUT, B, 1_200, 5, END);
        }

        // Then
        assertThat(ids(marked, 9_000)).containsExactly(List.of(4, END), List.of(5, END));
        assertThat(marked.omitted().inPart).isEqualTo(1);
        assertThat(ids(records, 0)).containsExactly(List.of(3, END), List.of(4, END), List.of(5, END));
    }

    @Test
    void what_is_read_from_its_beginning_on_is_whole_though_the_first_range_holds_nothing_of_use() {
        // Given the second of two ranges that follow each other, and nothing that is wanted in the first
        OffsetRange first = WHOLE.to(500);
        TopicSessions topic = sessions(new SegmentEnd.Marker(END), LeftOut.NONE, List.of(first, CUT));

        // When
        say(topic, CUT, A, 100, 3, END);

        // Then
        assertThat(ids(topic, 9_000)).containsExactly(List.of(3, END));
        assertThat(topic.omitted().inPart).isZero();
    }

    @Test
    void a_session_that_raised_an_alert_is_left_out_as_a_whole() {
        // Given an alert that A raised from 200 to 300 ms
        TopicSessions topic = sessions(
                new SegmentEnd.Marker(END), new LeftOut(List.of(new AlertsTopic.Stretch(0, A, 200, 300)), List.of()));

        // When
        say(topic, WHOLE, A, 100, 3, 4);
        say(topic, WHOLE, A, 250, 5, END);
        say(topic, WHOLE, B, 250, 6, END);
        say(topic, WHOLE, A, 400, 7, END);

        // Then
        assertThat(ids(topic, 0)).containsExactly(List.of(6, END), List.of(7, END));
        assertThat(topic.omitted().leftOut).isEqualTo(1);
    }

    @Test
    void no_part_of_a_long_record_that_is_left_out_is_taken() {
        // Given
        TopicSessions topic =
                sessions(SegmentEnd.RECORD, new LeftOut(List.of(new AlertsTopic.Stretch(0, A, 200, 300)), List.of()));

        // When
        say(topic, WHOLE, A, 250, IntStream.range(0, 150).map(i -> 3 + i % 3).toArray());
        say(topic, WHOLE, A, 400, 7, END);

        // Then
        assertThat(ids(topic, 9_000)).containsExactly(List.of(7, END));
    }

    @Test
    void one_that_never_ends_is_taken_in_parts_of_sixteen_windows() {
        // Given
        TopicSessions topic = sessions(SegmentEnd.GAPS, LeftOut.NONE);

        // When
        for (int i = 0; i < 50; i++) {
            say(topic, WHOLE, A, i, 3, 4, 5);
        }

        // Then of 150 tokens twice 64, and the rest is not over
        assertThat(topic.sessions(100))
                .extracting(session -> session.ids().length)
                .containsExactly(64, 64);
        assertThat(topic.tokens()).isEqualTo(150);
    }
}
