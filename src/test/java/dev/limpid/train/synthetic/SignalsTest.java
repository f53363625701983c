package dev.limpid.train.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignalsTest {
    private static final int LENGTH = 1024;

    static Stream<Family> families() {
        return Signals.all().shares().stream().map(Signals.Share::family);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void a_family_draws_finite_signals_that_differ_and_come_again_with_the_seed(Family family) {
        float[] before = new float[LENGTH];
        for (int seed = 0; seed < 200; seed++) {
            float[] signal = new float[LENGTH];
            float[] again = new float[LENGTH];
            Arrays.fill(again, 7f);
            family.draw(new SplittableRandom(seed), signal);
            family.draw(new SplittableRandom(seed), again);

            for (float value : signal) {
                assertThat(Float.isFinite(value)).isTrue();
            }
            assertThat(again).as("seed %d, into a used array", seed).isEqualTo(signal);
            assertThat(signal).isNotEqualTo(before);
            before = signal;
        }
    }

    @Test
    void drawn_signals_have_mean_0_and_deviation_1_unless_they_are_constant() {
        Signals signals = Signals.all();
        SplittableRandom random = new SplittableRandom(3);
        float[] signal = new float[LENGTH];
        int constant = 0;
        for (int i = 0; i < 500; i++) {
            signals.draw(random, signal);

            double sum = 0;
            double squares = 0;
            for (float value : signal) {
                sum += value;
                squares += (double) value * value;
            }
            assertThat(sum / LENGTH).isCloseTo(0, within(1e-4));
            if (squares == 0) {
                constant++;
            } else {
                assertThat(squares / LENGTH).isCloseTo(1, within(1e-3));
            }
        }
        assertThat(constant).isLessThan(10);
    }

    @Test
    void every_family_is_named_with_its_share() {
        assertThat(Signals.all().phrases().get(0))
                .contains("smooth 10 %", "steps 13 %", "autoregressive 4 %", "pulses 35 %");
    }
}
