package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.demo.ModelWatch.Side;
import dev.limpid.demo.Sensor.Strip;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int BLOCK = 25;
    private static final long MS = 1_000_000;

    private final Fleet fleet = Fleet.training(1, 1, 250);
    private final Ledger ledger = new Ledger(fleet, new WindowSpec(512, 128, 256), BLOCK, 60_000);
    private final List<Strip> strips = new ArrayList<>();

    /** Record {@code i} is sent at {@code i} seconds. */
    private void send(int records) {
        for (int i = 0; i < records; i++) {
            Strip strip = fleet.sensors().get(0).next(BLOCK);
            strips.add(strip);
            ledger.sent(0, strip, i * 1000 * MS);
        }
    }

    private void answer(int record, Quality quality, long nanos) {
        Block clean = new Block(1);
        for (int i = 0; i < BLOCK; i++) {
            clean.add(strips.get(record).truth().at(i));
        }
        ledger.answered(
                0, strips.get(record).startMs(), clean, Collections.nCopies(BLOCK, quality), Side.BEFORE, nanos);
    }

    @Test
    void latency_counts_from_the_record_that_makes_the_answer_final() {
        // Given: the first window, slots 0 to 511, makes slots 0 to 382 final; slot 511 is in record 20
        send(40);

        // When: record 0 is visible 70 ms after that
        answer(0, Quality.CLEANED, 20_070 * MS);

        // Then
        assertThat(ledger.figures().p50Ms()).isCloseTo(70, within(1.5));
    }

    @Test
    void a_record_that_the_first_window_does_not_finish_waits_for_the_second() {
        // Given: record 15 holds slots 375 to 399; the second window, up to slot 639 in record 25, makes them final
        send(40);
        for (int i = 0; i < 15; i++) {
            answer(i, Quality.CLEANED, 20_000 * MS);
        }

        // When
        answer(15, Quality.CLEANED, 25_500 * MS);

        // Then
        assertThat(ledger.figures().p99Ms()).isCloseTo(500, within(10.0));
    }

    @Test
    void what_comes_twice_or_out_of_order_is_misplaced_and_counts_for_nothing_else() {
        // Given
        send(3);
        answer(0, Quality.CLEANED, 1);

        // When
        answer(0, Quality.CLEANED, 2);
        answer(2, Quality.CLEANED, 3);

        // Then
        assertThat(ledger.figures().misplaced()).isEqualTo(2);
        assertThat(ledger.figures().cleaned()).isEqualTo(BLOCK);
        assertThat(ledger.figures().pending()).isEqualTo(2 * BLOCK);
    }

    @Test
    void the_gain_is_told_apart_by_the_side_of_a_swap_and_over_time() {
        // Given: a cleaned record has half the noise of the raw one before the swap, a tenth after it
        send(40);

        // When
        for (int i = 0; i < 40; i++) {
            Strip strip = strips.get(i);
            Block clean = new Block(1);
            for (int k = 0; k < BLOCK; k++) {
                float noise = strip.raw().at(k) - strip.truth().at(k);
                clean.add(strip.truth().at(k) + noise / (i < 20 ? 2 : 10));
            }
            Side side = i < 19 ? Side.BEFORE : i < 21 ? Side.BETWEEN : Side.AFTER;
            ledger.answered(0, strip.startMs(), clean, Collections.nCopies(BLOCK, Quality.CLEANED), side, 1);
        }

        // Then: 20 log 2 and 20 log 10
        assertThat(ledger.figures().gainBeforeDb()).isCloseTo(6.02, within(0.01));
        assertThat(ledger.figures().gainAfterDb()).isCloseTo(20, within(0.01));
        assertThat(ledger.gainsDb()[ledger.stretch(0)]).isCloseTo(6.02, within(0.01));
        assertThat(ledger.gainsDb()[ledger.stretch(3_900)]).isCloseTo(20, within(0.01));
        assertThat(ledger.gainsDb()[ledger.stretch(30_000)]).isNaN();
    }

    @Test
    void every_quality_is_counted_where_it_belongs() {
        // Given
        send(4);

        // When
        answer(0, Quality.CLEANED, 1);
        answer(1, Quality.IMPUTED, 1);
        answer(2, Quality.LATE, 1);

        // Then
        Ledger.Figures figures = ledger.figures();
        assertThat(List.of(figures.sent(), figures.cleaned(), figures.imputed(), figures.passedThrough()))
                .containsExactly(100L, 25L, 25L, 25L);
        assertThat(figures.pending()).isEqualTo(25);
    }
}
