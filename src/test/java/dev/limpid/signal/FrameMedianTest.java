package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameMedianTest {
    @Test
    void a_single_pixel_gone_wrong_is_gone_and_a_square_is_cut_at_the_edge() {
        float[] x = {1, 1, 1, 1, 99, 1, 1, 1, 3};
        float[] out = new float[9];

        boolean any = new FrameMedian(3, 3, 3).over(9).filter(x, null, 0, 9, out);

        assertThat(any).isTrue();
        // the last pixel is among 99, 1, 1 and itself
        assertThat(out).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 2);
    }

    @Test
    void what_is_missing_does_not_count_and_gets_the_median_around_it() {
        float[] x = {5, 0, 7};
        float[] observed = {1, 0, 1};
        float[] out = new float[3];

        new FrameMedian(1, 3, 3).over(3).filter(x, observed, 0, 3, out);

        assertThat(out).containsExactly(5, 6, 7);
        assertThat(new FrameMedian(1, 3, 3).over(3).filter(x, new float[3], 0, 3, out))
                .isFalse();
    }

    @Test
    void each_frame_of_a_window_is_filtered_by_itself() {
        float[] x = {1, 1, 9, 9};
        float[] out = new float[4];

        new FrameMedian(1, 2, 3).over(4).filter(x, null, 0, 4, out);

        assertThat(out).containsExactly(1, 1, 9, 9);
    }

    @Test
    void an_even_size_is_refused() {
        assertThatThrownBy(() -> new FrameMedian(4, 4, 2)).hasMessageContaining("wanted an odd size");
    }
}
