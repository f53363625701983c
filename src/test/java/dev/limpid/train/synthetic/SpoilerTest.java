package dev.limpid.train.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpoilerTest {
    private static final int LENGTH = 4096;

    /** Only white noise, at a hundredth of the signal. */
    private static final Spoiling PLAIN = new Spoiling(100, 100, 0, 0, 0, 0, 0, 0, 0);

    private final float[] clean = new float[LENGTH];
    private final float[] noise = new float[LENGTH];

    @Test
    void noise_has_the_deviation_that_is_told() {
        for (Spoiling spoiling : new Spoiling[] {PLAIN, new Spoiling(2, 50, 0.2, 0, 1, 0, 0, 0, 0)}) {
            Spoiler spoiler = new Spoiler(spoiling, new SplittableRandom(1));
            for (int i = 0; i < 50; i++) {
                double sigma = spoiler.noise(clean, noise);

                assertThat(Math.sqrt(squares(noise) / LENGTH) / sigma).isCloseTo(1, within(0.08));
            }
        }
    }

    @Test
    void coloured_noise_has_deviation_1_on_the_mean_and_neighbours_that_agree() {
        SplittableRandom random = new SplittableRandom(2);
        Noise coloured = new Noise.Coloured(0.9);
        double power = 0;
        double product = 0;
        for (int i = 0; i < 200; i++) {
            coloured.draw(random, noise);
            power += squares(noise) / LENGTH / 200;
            for (int k = 1; k < LENGTH; k++) {
                product += noise[k] * noise[k - 1] / (LENGTH - 1) / 200;
            }
        }
        assertThat(power).isCloseTo(1, within(0.1));
        assertThat(product).isBetween(0.4, 0.8);
    }

    @Test
    void the_signal_is_never_farther_from_0_than_150_deviations_of_the_noise() {
        clean[17] = 40;
        Spoiler spoiler = new Spoiler(PLAIN, new SplittableRandom(3));

        assertThat(spoiler.noise(clean, noise)).isCloseTo(40 / 150.0, within(1e-9));
    }

    @Test
    void impulses_stand_out_and_are_few() {
        Spoiler spoiler = new Spoiler(new Spoiling(100, 100, 0, 0, 0, 0, 1, 0, 0), new SplittableRandom(4));
        int far = 0;
        for (int i = 0; i < 100; i++) {
            double sigma = spoiler.noise(clean, noise);
            for (float value : noise) {
                far += Math.abs(value) > 6 * sigma ? 1 : 0;
            }
        }
        assertThat(far / 100.0 / LENGTH).isBetween(0.005, 0.03);
    }

    @Test
    void rounded_samples_lie_on_whole_steps() {
        Spoiler spoiler = new Spoiler(new Spoiling(100, 100, 0, 0, 0, 0, 0, 1, 0), new SplittableRandom(5));
        for (int i = 0; i < LENGTH; i++) {
            clean[i] = (float) Math.sin(i * 0.1);
        }

        spoiler.noise(clean, noise);

        long distinct = IntStream.range(0, LENGTH)
                .mapToLong(i -> Math.round((clean[i] + noise[i]) * 1e6))
                .distinct()
                .count();
        assertThat(distinct).isLessThan(900);
    }

    @Test
    void samples_are_missing_in_the_share_of_windows_that_was_asked_for() {
        Spoiler spoiler = new Spoiler(new Spoiling(100, 100, 0, 0, 0, 0, 0, 0, 0.5), new SplittableRandom(6));
        float[] observed = new float[64];
        int windows = 0;
        for (int i = 0; i < 1000; i++) {
            spoiler.hide(observed);
            double sum = 0;
            for (float one : observed) {
                assertThat(one).isIn(0f, 1f);
                sum += one;
            }
            assertThat(sum).isPositive();
            windows += sum < observed.length ? 1 : 0;
        }
        assertThat(windows).isBetween(430, 540);
    }

    @Test
    void what_is_out_of_range_is_named() {
        assertThat(Spoiling.DEFAULT.problems("train.synthetic.")).isEmpty();
        assertThat(new Spoiling(5, 2, 0, 0, 2, 0, 0, 0, -1).problems("train.synthetic."))
                .containsExactly(
                        "train.synthetic.ratio, its lower end, is 5.0, needs 0.001 to 2.0",
                        "train.synthetic.otherwise is 2.0, needs 0.0 to 1.0",
                        "train.synthetic.missing is -1.0, needs 0.0 to 1.0");
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
