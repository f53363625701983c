package dev.limpid.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reason;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRuleTest {
    private static final ModelSpec MODEL = FakeDenoiser.spec("fake", "1", 1, 8, true);

    private final AlertRule rule = new AlertRule(AlertSpec.DEFAULT);
    private final List<Alert> alerts = new ArrayList<>();
    private AlertState state = AlertState.NEW;
    private long window;

    @Test
    void two_loud_windows_in_a_row_raise_and_three_normal_ones_clear() {
        // Given
        usual(100, 1f);

        // When
        see(30f);
        see(1f);
        see(30f);
        see(50f);
        see(1f);
        see(1f);
        see(1f);

        // Then: the lone loud window raised nothing
        assertThat(alerts).extracting(Alert::state).containsExactly(Alert.State.RAISED, Alert.State.CLEARED);
        assertThat(alerts).extracting(Alert::startMs).containsExactly(103L, 103L);
        assertThat(alerts).extracting(Alert::atMs).containsExactly(104L, 107L);
        assertThat(alerts.get(0).score()).isEqualTo(50f);
        assertThat(alerts.get(1).peakDeviation())
                .isEqualTo(alerts.get(0).deviation())
                .isGreaterThan(8f);
        assertThat(alerts.get(0).channel()).isZero();
    }

    @Test
    void what_raised_it_is_told_when_it_is_raised_and_not_when_it_is_cleared() {
        // Given
        AlertRule above = new AlertRule(AlertSpec.Above.ONE);
        WindowScore loud = new WindowScore(0, 9, 2f, Floats.of(1f), 1f, MODEL.id(), "", List.of(), Reason.LENGTH);
        WindowScore quiet = new WindowScore(9, 18, 0.5f, Floats.of(1f), 1f, MODEL.id(), "", List.of(), Reason.COUNTS);

        // When
        AlertRule.Verdict raised = above.judge(AlertState.NEW, loud, MODEL);
        AlertRule.Verdict cleared = above.judge(raised.state(), quiet, MODEL);

        // Then
        assertThat(raised.alert().reason()).isEqualTo(Reason.LENGTH);
        assertThat(cleared.alert().state()).isEqualTo(Alert.State.CLEARED);
        assertThat(cleared.alert().reason()).isNull();
    }

    @Test
    void a_flat_line_raises_from_below() {
        // Given
        usual(100, 1f);

        // When
        see(0f);
        see(0f);

        // Then
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).deviation()).isLessThan(-8f);
    }

    @Test
    void a_dropout_raises_and_clears_when_the_series_is_back() {
        // Given
        usual(100, 1f);

        // When
        unseen();
        unseen();
        unseen();
        usual(3, 1f);

        // Then
        assertThat(alerts).extracting(Alert::state).containsExactly(Alert.State.RAISED, Alert.State.CLEARED);
        assertThat(alerts.get(0).deviation()).isNaN();
        assertThat(alerts.get(0).channel()).isEqualTo(-1);
    }

    @Test
    void a_window_that_the_model_could_not_do_says_nothing() {
        // Given
        usual(100, 1f);
        see(30f);
        AlertState before = state;

        // When
        judge(new WindowScore(window, window + 1, Float.NaN, Floats.of(), 1f, MODEL.id(), "non-finite"), MODEL);

        // Then
        assertThat(state).isEqualTo(before);
        assertThat(alerts).isEmpty();
    }

    @Test
    void median_and_mad_stand_still_while_an_alert_is_raised() {
        // Given
        usual(100, 1f);
        see(30f);
        see(30f);
        AlertState raised = state;

        // When
        usual(200, 30f);

        // Then
        assertThat(state.median()).isEqualTo(raised.median());
        assertThat(state.mad()).isEqualTo(raised.mad());
        assertThat(alerts).hasSize(1);
    }

    @Test
    void a_new_model_starts_from_its_own_calibration_and_keeps_the_alert() {
        // Given
        usual(100, 1f);
        see(30f);
        see(30f);
        ModelSpec next = new ModelSpec(
                new ModelId("fake", "2", "beef"),
                8,
                List.of(new ChannelSpec("c", "mV", 1f)),
                true,
                false,
                Floats.of(1f, 2f, 8f, 10f, 12.5f, 20f, 30f));

        // When
        judge(new WindowScore(window, window + 1, 10f, Floats.of(1f), 1f, next.id(), ""), next);

        // Then
        assertThat(state.windows()).isEqualTo(1);
        assertThat(state.median()).isCloseTo((float) Math.log(10), within(1e-6f));
        assertThat(state.raised()).isTrue();
        assertThat(state.startMs()).isEqualTo(101);
    }

    @ParameterizedTest(name = "level {0}")
    @ValueSource(floats = {0.2f, 0.5f, 1f, 2f, 5f})
    void a_series_with_a_level_of_its_own_is_learned_without_an_alert(float level) {
        // Given
        Random random = new Random(7);

        // When
        for (int i = 0; i < 5000; i++) {
            see(level * (float) Math.exp(0.25 * random.nextGaussian()));
        }

        // Then: the MAD of a normal distribution is 0.6745 standard deviations
        assertThat(alerts).isEmpty();
        assertThat(state.median()).isCloseTo((float) Math.log(level), within(0.05f));
        assertThat(state.mad()).isCloseTo(0.6745f * 0.25f, within(0.03f));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void running_median_and_mad_come_near_those_of_a_sorted_list(long seed) {
        // Given
        Random random = new Random(seed);
        List<Double> levels = new ArrayList<>();

        // When: a tenth of the windows are outliers, too lonely to raise
        for (int i = 0; i < 3000; i++) {
            double level = 0.2 * random.nextGaussian() + (i % 10 == 9 ? 1 : 0);
            levels.add(level);
            see((float) Math.exp(level));
        }

        // Then
        double median = middle(levels);
        double mad =
                middle(levels.stream().map(level -> Math.abs(level - median)).toList());
        assertThat((double) state.median()).isCloseTo(median, within(0.05));
        assertThat((double) state.mad()).isCloseTo(mad, within(0.04));
    }

    @Test
    void an_uncalibrated_model_starts_from_the_first_window() {
        // Given
        ModelSpec model = new ModelSpec(
                new ModelId("raw", "1", "f00d"), 8, List.of(new ChannelSpec("c", "", 1f)), true, false, Floats.of());

        // When
        judge(new WindowScore(0, 1, 4f, Floats.of(1f), 1f, model.id(), ""), model);

        // Then
        assertThat(state.median()).isCloseTo((float) Math.log(4), within(1e-6f));
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void usual(int windows, float score) {
        for (int i = 0; i < windows; i++) {
            see(score);
        }
    }

    private void see(float score) {
        judge(new WindowScore(window, window + 1, score, Floats.of(1f), 1f, MODEL.id(), ""), MODEL);
    }

    private void unseen() {
        judge(new WindowScore(window, window + 1, Float.NaN, Floats.of(), 0f, MODEL.id(), "missing"), MODEL);
    }

    private void judge(WindowScore score, ModelSpec model) {
        window++;
        AlertRule.Verdict verdict = rule.judge(state, score, model);
        state = verdict.state();
        if (verdict.alert() != null) {
            alerts.add(verdict.alert());
        }
    }
}
