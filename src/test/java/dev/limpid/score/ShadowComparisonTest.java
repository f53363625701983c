package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Compared;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowComparisonTest {
    private static final int LENGTH = 4;
    private static final ModelSpec IN_FORCE = FakeDenoiser.spec("m", "1", 1, LENGTH, true);
    private static final ModelSpec SHADOW = FakeDenoiser.spec("m", "2", 1, LENGTH, true);
    private static final float[] ALL = {1, 1, 1, 1};

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("seeds", 20));
    }

    private static float[] times(float factor, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = factor * x[i];
        }
        return y;
    }

    private static RanWindow window(String series, long number, float[] x, float[] clean) {
        float score = new Scorer(1, LENGTH).score(IN_FORCE, x, ALL, clean);
        boolean finite = Float.isFinite(score);
        WindowScore scored = new WindowScore(
                number,
                number + 1,
                finite ? score : Float.NaN,
                Floats.of(1f),
                1f,
                IN_FORCE.id(),
                finite ? "" : "non-finite");
        return RanWindow.of(SeriesKey.of(series), IN_FORCE, scored, x, ALL, clean);
    }

    @Test
    void errors_are_in_the_units_of_the_model_in_force_and_scores_in_each_model_s_own() {
        // Given: residual scales 0.5 and 2
        ModelSpec coarse = new ModelSpec(
                new ModelId("m", "3", "ef"), LENGTH, List.of(new ChannelSpec("c", "mV", 2f)), true, false, Floats.of());
        ShadowComparison comparison = new ShadowComparison(AlertSpec.DEFAULT, IN_FORCE, coarse);
        float[] x = {2, 2, 2, 2};

        // When: residuals of 1 and 0.5
        comparison.compare(window("a", 0, x, times(0.5f, x)), times(0.75f, x), new float[0], Float.NaN);
        Compared compared = comparison.compared(0, 10, 20);

        // Then
        assertThat(compared.windows()).isEqualTo(1);
        assertThat(compared.inForce().error()).isCloseTo(2, within(1e-6));
        assertThat(compared.shadow().error()).isCloseTo(1, within(1e-6));
        assertThat(compared.inForce().scores().at(3)).isCloseTo(2f, within(0.02f));
        assertThat(compared.shadow().scores().at(3)).isCloseTo(0.25f, within(0.0025f));
        assertThat(compared.inForce().nanosPerWindow()).isEqualTo(10);
        assertThat(compared.shadow().nanosPerWindow()).isEqualTo(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_it_finds_is_what_the_alert_rule_and_a_sort_find_over_the_same_windows(long seed) {
        // Given
        Random random = new Random(seed);
        ShadowComparison comparison = new ShadowComparison(AlertSpec.DEFAULT, IN_FORCE, SHADOW);
        float factor = random.nextFloat();
        AlertRule rule = new AlertRule(AlertSpec.DEFAULT);
        Map<SeriesKey, AlertState> states = new HashMap<>();
        List<Float> scores = new ArrayList<>();
        long alerts = 0;

        // When: series of their own level, with anomalies now and then
        for (int i = 0; i < 2_000; i++) {
            int series = random.nextInt(4);
            float[] x = new float[LENGTH];
            boolean anomalous = i / 4 % 100 > 95;
            for (int t = 0; t < LENGTH; t++) {
                x[t] = (series + 1) * (anomalous ? 100 : 1) * (1 + random.nextFloat());
            }
            RanWindow window = window("s" + series, i, x, times(0.5f, x));
            float[] clean = times(factor, x);
            comparison.compare(window, clean, new float[0], Float.NaN);

            float score = new Scorer(1, LENGTH).score(SHADOW, x, ALL, clean);
            scores.add(score);
            WindowScore scored = new WindowScore(i, i + 1, score, Floats.of(1f), 1f, SHADOW.id(), "");
            AlertRule.Verdict verdict =
                    rule.judge(states.getOrDefault(window.series(), AlertState.NEW), scored, SHADOW);
            states.put(window.series(), verdict.state());
            alerts += verdict.alert() != null && verdict.alert().state() == Alert.State.RAISED ? 1 : 0;
        }

        // Then
        Compared compared = comparison.compared(7, 0, 0);
        assertThat(compared.windows()).isEqualTo(2_000);
        assertThat(compared.dropped()).isEqualTo(7);
        assertThat(compared.shadow().alerts()).isEqualTo(alerts).isPositive();
        scores.sort(null);
        for (int i = 0; i < 7; i++) {
            float naive = scores.get(Math.round(Compared.PROBABILITIES.at(i) * 2_000) - 1);
            assertThat(compared.shadow().scores().at(i)).isCloseTo(naive, within(0.0101f * naive));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_model_compared_with_itself_differs_in_nothing(long seed) {
        // Given
        Random random = new Random(seed);
        ShadowComparison comparison = new ShadowComparison(AlertSpec.DEFAULT, IN_FORCE, IN_FORCE);

        // When
        for (int i = 0; i < 500; i++) {
            float[] x = new float[LENGTH];
            for (int t = 0; t < LENGTH; t++) {
                x[t] = (float) (random.nextGaussian() * (random.nextInt(40) == 0 ? 1e4 : 1));
            }
            float[] clean = times(0.5f, x);
            if (random.nextInt(50) == 0) {
                clean[2] = Float.NaN;
            }
            comparison.compare(window("s" + random.nextInt(3), i, x, clean), clean, new float[0], Float.NaN);
        }

        // Then
        Compared compared = comparison.compared(0, 1, 1);
        assertThat(compared.shadow()).isEqualTo(compared.inForce());
        assertThat(compared.apart()).isZero();
        assertThat(compared.shadow().failed()).isPositive();
        assertThat(compared.windows()).isEqualTo(500 - compared.shadow().failed());
    }

    @Test
    void a_window_that_one_of_them_fails_on_counts_against_it_and_in_no_error() {
        // Given
        ShadowComparison comparison = new ShadowComparison(AlertSpec.DEFAULT, IN_FORCE, SHADOW);
        float[] x = {1, 2, 3, 4};
        float[] bad = {1, Float.POSITIVE_INFINITY, 1, 1};

        // When
        assertThat(comparison.compare(window("a", 0, x, x), bad, new float[0], Float.NaN))
                .isFalse();
        comparison.failed(window("a", 1, x, x));
        assertThat(comparison.compare(window("a", 2, x, bad), x, new float[0], Float.NaN))
                .isTrue();

        // Then
        Compared compared = comparison.compared(0, 0, 0);
        assertThat(compared.windows()).isZero();
        assertThat(compared.shadow().failed()).isEqualTo(2);
        assertThat(compared.inForce().failed()).isEqualTo(1);
        assertThat(compared.shadow().error()).isZero();
        assertThat(compared.shadow().scores().length()).isZero();
    }

    @Test
    void windows_after_which_only_one_alert_stands_are_counted() {
        // Given: the shadow follows x, the model in force does not
        ShadowComparison comparison = new ShadowComparison(AlertSpec.DEFAULT, IN_FORCE, SHADOW);
        float[] zero = new float[LENGTH];

        // When: after a hundred usual windows five loud ones, which the shadow finds usual
        Random random = new Random(1);
        for (int i = 0; i < 105; i++) {
            float usual = 1 + random.nextFloat() / 10;
            float[] x = times(i < 100 ? usual : 100 * usual, ALL);
            float[] clean = {x[0] - usual, x[1] - usual, x[2] - usual, x[3] - usual};
            comparison.compare(window("a", i, x, zero), clean, new float[0], Float.NaN);
        }

        // Then: the second raised it
        Compared compared = comparison.compared(0, 0, 0);
        assertThat(compared.inForce().alerts()).isEqualTo(1);
        assertThat(compared.shadow().alerts()).isZero();
        assertThat(compared.apart()).isEqualTo(4);
    }
}
