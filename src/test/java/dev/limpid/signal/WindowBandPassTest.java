package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowBandPassTest {
    private static final BandPass DESIGN = BandPass.of(0.5, 40, 2, 360);
    private static final int LENGTH = 200;
    private final WindowBandPass filter = new WindowBandPass(DESIGN, LENGTH);

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static float[] walk(Random random, int length) {
        float[] values = new float[length];
        for (int i = 1; i < length; i++) {
            values[i] = values[i - 1] + (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void it_is_the_filter_forward_and_backward_over_the_mirrored_window(long seed) {
        // Given: a window, as the second channel of two
        Random random = new Random(seed);
        int count = 1 + random.nextInt(LENGTH);
        float[] window = walk(random, count);
        float[] x = new float[2 * LENGTH];
        System.arraycopy(window, 0, x, LENGTH, count);
        float[] out = new float[2 * LENGTH];

        // When
        filter.filter(x, null, LENGTH, count, out);

        // Then
        double[] wanted = naive(window);
        for (int i = 0; i < count; i++) {
            assertThat((double) out[LENGTH + i]).isCloseTo(wanted[i], within(1e-4 * (1 + Math.abs(wanted[i]))));
        }
        assertThat(Arrays.copyOf(out, LENGTH)).containsOnly(0f);
    }

    private static double[] naive(float[] window) {
        int pad = window.length - 1;
        double[] extended = new double[window.length + 2 * pad];
        for (int i = 0; i < extended.length; i++) {
            int at = Math.abs(i - pad);
            extended[i] = window[at < window.length ? at : 2 * pad - at];
        }
        return Arrays.copyOfRange(backwards(pass(backwards(pass(extended)))), pad, pad + window.length);
    }

    private static double[] pass(double[] values) {
        CausalBandPass pass = new CausalBandPass(DESIGN);
        return Arrays.stream(values).map(pass::next).toArray();
    }

    private static double[] backwards(double[] values) {
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i] = values[values.length - 1 - i];
        }
        return turned;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_missing_is_bridged_by_a_straight_line(long seed) {
        // Given
        Random random = new Random(seed);
        float[] x = walk(random, LENGTH);
        float[] observed = new float[LENGTH];
        float[] holes = x.clone();
        for (int i = 0; i < LENGTH; i++) {
            observed[i] = random.nextInt(3) == 0 || i == 50 ? 1 : 0;
            x[i] = observed[i] == 0 ? 0 : x[i];
            holes[i] = observed[i] == 0 ? Float.NaN : holes[i];
        }
        float[] bridged = new float[LENGTH];
        float[] out = new float[LENGTH];

        // When
        filter.filter(x, observed, 0, LENGTH, out);

        // Then
        filter.filter(Holes.bridged(holes), null, 0, LENGTH, bridged);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(out[i]).isCloseTo(bridged[i], within(1e-4f * (1 + Math.abs(bridged[i]))));
        }
    }

    @Test
    void a_channel_of_which_nothing_was_observed_stays_as_it_is() {
        float[] out = {1, 2, 3};

        assertThat(new WindowBandPass(DESIGN, 3).filter(new float[3], new float[3], 0, 3, out))
                .isFalse();
        assertThat(out).containsExactly(1, 2, 3);
    }

    @Test
    void it_keeps_nothing_of_the_window_before() {
        float[] first = walk(new Random(1), LENGTH);
        float[] fresh = new float[LENGTH];
        float[] again = new float[LENGTH];
        filter.filter(first, null, 0, LENGTH, fresh);
        filter.filter(walk(new Random(2), LENGTH), null, 0, LENGTH, again);
        filter.filter(first, null, 0, LENGTH, again);

        assertThat(again).isEqualTo(fresh);
    }
}
