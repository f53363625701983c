package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurprisalTest {
    private static final float[] X = {7, 8, 9, 10, 11, 12};
    private static final float[] ERROR = {2, 0, 5, 2, Float.MIN_VALUE, 9};

    private static List<Long> places(int most) {
        return Surprisal.of(X, ERROR, null, 5, 100, most).stream()
                .map(Surprisal::at)
                .toList();
    }

    @Test
    void the_greatest_come_first_of_equals_the_earlier_and_none_of_0() {
        assertThat(places(0)).isEmpty();
        assertThat(places(1)).containsExactly(102L);
        assertThat(places(3)).containsExactly(102L, 100L, 103L);
        assertThat(places(1000)).containsExactly(102L, 100L, 103L, 104L);
    }

    @Test
    void all_stand_in_their_order_zeros_as_well_but_none_beyond_the_end() {
        assertThat(Surprisal.of(X, ERROR, null, 5, 100, Surprisal.ALL))
                .containsExactly(
                        new Surprisal(100, 7, 2),
                        new Surprisal(101, 8, 0),
                        new Surprisal(102, 9, 5),
                        new Surprisal(103, 10, 2),
                        new Surprisal(104, 11, Float.MIN_VALUE));
    }

    @Test
    void what_the_window_stands_out_by_comes_before_what_is_hard_to_believe() {
        // Given: the last, which has the greatest share, lies beyond the end
        float[] contribution = {0, 0.25f, 0, 1.000001f, 0.25f, 9};

        assertThat(Surprisal.of(X, ERROR, contribution, 5, 100, 2))
                .containsExactly(new Surprisal(103, 10, 2, 1), new Surprisal(101, 8, 0, 0.25f));
        assertThat(Surprisal.of(X, ERROR, contribution, 5, 100, 5)).hasSize(3);
        assertThat(Surprisal.of(X, ERROR, contribution, 3, 100, Surprisal.ALL))
                .containsExactly(
                        new Surprisal(100, 7, 2, 0), new Surprisal(101, 8, 0, 0.25f), new Surprisal(102, 9, 5, 0));
    }

    @Test
    void where_nothing_has_a_part_the_hardest_to_believe_are_told() {
        assertThat(Surprisal.of(X, ERROR, new float[] {0, 0, 0, -1e-6f, 0, 1}, 5, 100, 2))
                .containsExactly(new Surprisal(102, 9, 5, 0), new Surprisal(100, 7, 2, 0));
    }
}
