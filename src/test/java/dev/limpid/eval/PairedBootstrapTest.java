package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    /** Squares of things of which each is as hard for both; the other's are {@code factor} times as large, give or take a tenth. */
    private static double[][] pair(int things, double factor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] before = new double[things];
        double[] after = new double[things];
        for (int i = 0; i < things; i++) {
            before[i] = Math.exp(2 * random.nextGaussian());
            after[i] = before[i] * factor * (0.9 + 0.2 * random.nextDouble());
        }
        return new double[][] {before, after};
    }

    @Test
    void things_that_are_hard_for_both_do_not_widen_the_interval() {
        // Given errors that lie a hundredfold apart, and half of them everywhere
        double[][] pair = pair(50, 0.25, 1);

        // When
        PairedBootstrap.Reduction lower = PairedBootstrap.of(pair[0], pair[1], 0.95, 1);

        // Then
        assertThat(lower.share()).isBetween(0.48, 0.52);
        assertThat(lower.atLeast()).isBetween(0.46, lower.share());
        assertThat(lower.atMost()).isBetween(lower.share(), 0.54);
    }

    @Test
    void the_interval_holds_the_truth_about_as_often_as_it_says() {
        // When two that are as good as each other are compared, 200 times
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[][] pair = pair(40, 1, seed);
            PairedBootstrap.Reduction lower = PairedBootstrap.of(pair[0], pair[1], 0.95, seed);
            held += lower.atLeast() <= 0 && lower.atMost() >= 0 ? 1 : 0;
        }

        // Then percentiles of 40 heavy-tailed things are a little narrow
        assertThat(held).isBetween(165, 200);
    }

    @Test
    void one_thing_says_what_it_says_and_a_worse_error_is_negative() {
        // When
        PairedBootstrap.Reduction lower = PairedBootstrap.of(new double[] {1}, new double[] {4}, 0.9, 1);

        // Then
        assertThat(Arrays.asList(lower.atLeast(), lower.share(), lower.atMost()))
                .containsOnly(-1.0);
    }
}
