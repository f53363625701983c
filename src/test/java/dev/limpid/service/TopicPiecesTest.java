package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.kafka.AlertsTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TopicPiecesTest {
    private static final OffsetRange RANGE = new OffsetRange("raw", 0, 0, 1_000);
    private static final SeriesKey A = SeriesKey.of("a");

    /** 100 Hz, windows of 16 every 4, a gap of more than 50 ms is a break. */
    private static PipelineSpec spec(int channels) {
        return new PipelineSpec(
                IntStream.range(0, channels).mapToObj(i -> "c" + i).toList(),
                100,
                new WindowSpec(16, 4, 8),
                50,
                1_000,
                100_000,
                Granularity.RECORD,
                8,
                AlertSpec.DEFAULT);
    }

    private static TopicPieces pieces(int channels, int length, int most) {
        return pieces(channels, length, most, LeftOut.NONE);
    }

    private static TopicPieces pieces(int channels, int length, int most, LeftOut leftOut) {
        return new TopicPieces(
                spec(channels), new TopicPieces.Size(length, most, Math.min(8, most), 1), leftOut, () -> true);
    }

    /** Samples {@code [from, to)} of one channel, one record each, value = number. */
    private static void feed(TopicPieces to, SeriesKey series, int from, int until) {
        Block block = new Block(1);
        for (int i = from; i < until; i++) {
            block.begin(10L * i);
            block.add(i);
            to.take(RANGE, series, block);
        }
    }

    private static float[] numbers(int from, int to) {
        float[] numbers = new float[to - from];
        for (int i = from; i < to; i++) {
            numbers[i - from] = i;
        }
        return numbers;
    }

    @Test
    void samples_in_a_row_become_pieces_of_equal_length_and_what_is_left_is_dropped() {
        // Given
        TopicPieces topic = pieces(1, 40, 8);

        // When
        feed(topic, A, 0, 100);

        // Then
        List<Piece> pieces = topic.pieces();
        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(0).values().get(0)).containsExactly(numbers(0, 40));
        assertThat(pieces.get(1).values().get(0)).containsExactly(numbers(40, 80));
        assertThat(pieces.get(1).recording().name()).isEqualTo("raw-0/a#1");
        assertThat(pieces.get(1).recording().sha256()).isEqualTo("offsets 0..1000");
    }

    @Test
    void no_piece_spans_a_gap_that_ends_a_segment_of_the_pipeline() {
        // Given
        TopicPieces topic = pieces(1, 40, 8);

        // When 30 samples, a gap of 60 ms, 50 samples, a step back of a second, 45 samples
        feed(topic, A, 0, 30);
        feed(topic, A, 36, 86);
        feed(topic, A, 0, 45);

        // Then
        assertThat(topic.pieces().stream().map(piece -> piece.values().get(0)))
                .containsExactly(numbers(36, 76), numbers(0, 40));
    }

    @Test
    void a_short_hole_is_missing_or_a_straight_line_and_late_and_repeated_samples_change_nothing() {
        // Given pieces of 100, so that two of a hundred may be missing
        TopicPieces topic = pieces(1, 100, 8);

        // When 50 and 51 are lost, 49 comes twice and 46 again, too late
        feed(topic, A, 0, 50);
        feed(topic, A, 49, 50);
        feed(topic, A, 46, 47);
        feed(topic, A, 52, 130);

        // Then
        List<Piece> pieces = topic.pieces();
        float[] holed = numbers(0, 100);
        holed[50] = Float.NaN;
        holed[51] = Float.NaN;
        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).values().get(0)).containsExactly(holed);
        assertThat(pieces.get(0).closed().values().get(0)).containsExactly(numbers(0, 100));
    }

    @Test
    void a_piece_of_which_more_is_missing_begins_anew_behind_the_hole() {
        // Given
        TopicPieces topic = pieces(1, 100, 8);

        // When three of a hundred are lost
        feed(topic, A, 0, 50);
        feed(topic, A, 53, 170);

        // Then
        assertThat(topic.pieces()).hasSize(1);
        assertThat(topic.pieces().get(0).values().get(0)[0]).isBetween(53f, 60f);
    }

    @Test
    void what_raised_an_alert_or_is_marked_is_in_no_piece_of_that_series() {
        // Given alerts from 300 to 490 ms and, not cleared, from 2 s on, both of series a of partition 0; 1 s to 1090
        // ms marked for all
        LeftOut leftOut = new LeftOut(
                List.of(
                        new AlertsTopic.Stretch(0, A, 300, 490),
                        new AlertsTopic.Stretch(0, A, 2_000, Long.MAX_VALUE),
                        new AlertsTopic.Stretch(1, A, 0, 900)),
                List.of(new LeftOut.Mark("", 1_000, 1_090), new LeftOut.Mark("b", 0, 500)));
        TopicPieces topic = pieces(1, 30, 16, leftOut);

        // When
        feed(topic, A, 0, 230);
        feed(topic, SeriesKey.of("b"), 0, 100);

        // Then
        assertThat(topic.pieces().stream()
                        .filter(piece -> piece.series().equals(A))
                        .map(piece -> piece.values().get(0)))
                .containsExactly(
                        numbers(0, 30), numbers(50, 80), numbers(110, 140), numbers(140, 170), numbers(170, 200));
        assertThat(topic.samples()).isEqualTo(330);
        assertThat(topic.samplesLeftOut()).isEqualTo(20 + 10 + 30 + 51);
    }

    @Test
    void spans_that_overlap_or_lie_within_one_another_are_one() {
        // Given
        List<LeftOut.Mark> marks = List.of(
                new LeftOut.Mark("", 10, 20),
                new LeftOut.Mark("", 40, 50),
                new LeftOut.Mark("", 15, 45),
                new LeftOut.Mark("", 30, 31),
                new LeftOut.Mark("", 60, 60));

        // When
        LongPredicate out = new LeftOut(List.of(), marks).of(0, A);

        // Then
        assertThat(LongStream.range(0, 100).filter(out).boxed())
                .containsExactlyElementsOf(LongStream.concat(LongStream.rangeClosed(10, 50), LongStream.of(60))
                        .boxed()
                        .toList());
    }

    @Test
    void a_channel_that_never_moves_makes_no_piece() {
        // Given
        TopicPieces topic = pieces(2, 20, 8);
        Block block = new Block(2);

        // When the second channel is stuck for 40 samples
        for (int i = 0; i < 80; i++) {
            block.begin(10L * i);
            block.add(i);
            block.add(i < 40 ? 7 : i);
            topic.take(RANGE, A, block);
        }

        // Then
        assertThat(topic.pieces().stream().map(piece -> piece.values().get(1)))
                .containsExactly(numbers(40, 60), numbers(60, 80));
    }

    @Test
    void one_chatty_series_leaves_the_others_their_share_and_a_crowd_is_thinned_out() {
        // Given room for eight pieces
        TopicPieces topic = pieces(1, 20, 8);

        // When
        feed(topic, A, 0, 2_000);
        for (int i = 0; i < 3; i++) {
            feed(topic, SeriesKey.of("quiet-" + i), 0, 45);
        }

        // Then
        List<Piece> pieces = topic.pieces();
        assertThat(pieces).hasSize(8);
        assertThat(pieces.stream().filter(piece -> piece.series().equals(A))).hasSize(2);
    }
}
