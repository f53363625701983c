package dev.limpid.eval;

import static dev.limpid.eval.Finding.Kind.BLUR;
import static dev.limpid.eval.Finding.Kind.COLLAPSE;
import static dev.limpid.eval.Finding.Kind.LATENT_TOO_SMALL;
import static dev.limpid.eval.Finding.Kind.LEAKAGE;
import static dev.limpid.eval.Finding.Kind.NEAR_IDENTITY;
import static dev.limpid.eval.Finding.Kind.NOISE_MISMATCH;
import static dev.limpid.eval.Finding.Kind.TOO_LITTLE_DATA;
import static dev.limpid.eval.Finding.Kind.UNSCALED_CHANNELS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.BandPass;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each thing that can be wrong, provoked by a model that is a function, on two tones (0.01 and 0.08) in white noise at 6 dB. */
class DiagnosisTest {
    private static final int LENGTH = 8_192;
    private static final float[] SIGNAL = signal();
    private static final float[] NOISY = noisy();

    @Test
    void a_model_that_keeps_the_signal_and_takes_the_noise_is_fine() {
        assertThat(kinds(x -> blend(x, 0.1f))).isEmpty();
    }

    @Test
    void a_model_that_gives_back_its_input_is_near_identity() {
        List<Finding> found = findings(x -> x);
        assertThat(found).extracting(Finding::kind).containsExactly(NEAR_IDENTITY);
        assertThat(found.get(0).evidence()).contains("100 %").contains("+0.0 dB");
        assertThat(found.get(0).text()).contains("raise train.corruption");
    }

    @Test
    void a_model_that_shrinks_its_input_to_the_mean_has_collapsed() {
        assertThat(kinds(x -> scaled(x, 0.05f))).containsExactly(COLLAPSE);
    }

    @Test
    void a_model_that_loses_the_upper_tone_blurs() {
        // Given a low-pass that cuts between the tones, which also loses it from a clean input
        List<Finding> found = findings(BandPass.of(0, 0.03, 4, 1)::zeroPhase);

        // Then
        assertThat(found)
                .extracting(Finding::kind)
                .contains(BLUR)
                .doesNotContain(NEAR_IDENTITY, COLLAPSE, NOISE_MISMATCH);
        assertThat(found.get(0).evidence()).contains("cycles per sample");
    }

    @Test
    void a_model_that_takes_away_what_is_not_the_noise_mismatches_it() {
        // Given hum at 0.4 as noise and a model that takes a third of it, and two fifths of the tones
        float[] hum = new float[LENGTH];
        float[] noisy = SIGNAL.clone();
        for (int i = 0; i < LENGTH; i++) {
            hum[i] = (float) Math.sin(2 * Math.PI * 0.4 * i);
            noisy[i] += hum[i];
        }

        // When
        List<Finding> found = findings(noisy, x -> {
            float[] out = x.clone();
            for (int i = 0; i < LENGTH; i++) {
                out[i] -= 0.4f * SIGNAL[i] + 0.3f * hum[i];
            }
            return out;
        });

        // Then
        assertThat(found).extracting(Finding::kind).contains(NOISE_MISMATCH);
    }

    @Test
    void residuals_unlike_those_of_calibration_mismatch_too() {
        List<Case> cases = cases(NOISY, x -> blend(x, 0.1f));
        ChannelFacts facts = ChannelFacts.of("lead", 0.05, 0, 1, cases);
        assertThat(Diagnosis.of(evidence(cases, List.of(facts), Optional.empty(), List.of()), Spectra.of(cases)))
                .extracting(Finding::kind)
                .containsExactly(NOISE_MISMATCH);

        ScoreCalibration scores = ScoreCalibration.of(Floats.of(1, 2, 3, 4, 5, 6, 7), Floats.of(5, 6, 8, 9));
        Evidence tail =
                new Evidence(cases, List.of(), List.of(), scores, Optional.empty(), List.of(), 0, Optional.empty());
        assertThat(Diagnosis.of(tail, Spectra.of(cases)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence()).startsWith("50 %"));
    }

    @Test
    void a_model_that_cannot_give_back_a_clean_input_has_too_small_a_latent() {
        // Given a model that adds its own error to whatever comes in, noisy or not
        float[] own = noise(9, 0.4);
        UnaryOperator<float[]> model = x -> {
            float[] out = blend(x, 0.1f);
            for (int i = 0; i < LENGTH; i++) {
                out[i] += own[i];
            }
            return out;
        };

        // Then
        assertThat(kinds(model)).containsExactly(LATENT_TOO_SMALL);
    }

    @Test
    void a_held_out_loss_that_rises_while_training_goes_on_is_too_little_data() {
        LearningCurve rising = new LearningCurve(
                "squared error",
                List.of(
                        new LearningCurve.Look(100, 0.5, 0.55, 5),
                        new LearningCurve.Look(200, 0.3, 0.5, 6),
                        new LearningCurve.Look(300, 0.1, 0.7, 4)),
                200,
                1_000_000,
                512,
                400_000);
        LearningCurve falling = new LearningCurve(
                "squared error", List.of(new LearningCurve.Look(100, 0.5, 0.55, 5)), 100, 1_000_000, 512, 400_000);
        LearningCurve short_ = new LearningCurve("squared error", List.of(), 100, 10_000, 512, 400_000);

        assertThat(ofCurve(rising)).extracting(Finding::kind).containsExactly(TOO_LITTLE_DATA);
        assertThat(ofCurve(rising).get(0).evidence()).contains("step 200").contains("0.7");
        assertThat(ofCurve(falling)).isEmpty();
        assertThat(ofCurve(short_).get(0).evidence()).contains("19 windows for 400,000 parameters");
    }

    @Test
    void what_was_trained_on_and_is_graded_leaks() {
        // Given a held-out part of which the last half is a copy from the fitted part, off by three samples
        float[] fitted = noise(1, 1);
        float[] held = noise(2, 1);
        System.arraycopy(fitted, 3, held, LENGTH / 2, LENGTH / 2);

        // Then
        assertThat(Repeats.share(List.of(fitted), List.of(held))).isBetween(0.49, 0.51);
        assertThat(Repeats.share(List.of(fitted), List.of(noise(2, 1)))).isZero();
        assertThat(Repeats.share(List.of(new float[100]), List.of(new float[100])))
                .isZero();
        assertThat(Diagnosis.of(
                        evidence(List.of(), List.of(), Optional.empty(), List.of("noisy.csv was trained on")),
                        Spectra.of(List.of())))
                .extracting(Finding::kind)
                .containsExactly(LEAKAGE);
    }

    @Test
    void a_channel_in_another_unit_is_unscaled() {
        List<Case> cases = cases(scaled(NOISY, 1_000), x -> scaled(x, 0.9f));
        ChannelFacts facts = ChannelFacts.of("lead", 0.05, 0, 1, cases);

        List<Finding> found =
                Diagnosis.of(evidence(List.of(), List.of(facts), Optional.empty(), List.of()), Spectra.of(List.of()));

        assertThat(found).extracting(Finding::kind).containsExactly(UNSCALED_CHANNELS);
        assertThat(found.get(0).evidence()).contains("lead");
    }

    @Test
    void without_the_truth_identity_and_collapse_still_show() {
        assertThat(blind(x -> scaled(x, 1))).containsExactly(NEAR_IDENTITY);
        assertThat(blind(x -> scaled(x, 0.05f))).containsExactly(COLLAPSE);
        assertThat(blind(x -> blend(x, 0.1f))).isEmpty();
    }

    private static List<Finding.Kind> blind(UnaryOperator<float[]> model) {
        Stretch stretch = Stretch.unknown(Floats.of(NOISY), Floats.of(model.apply(NOISY)), Floats.of());
        List<Case> cases = List.of(new Case("x", List.of(stretch)));
        return Diagnosis.of(Evidence.of(cases, List.of(), 0), Spectra.of(cases)).stream()
                .map(Finding::kind)
                .toList();
    }

    private static List<Finding> ofCurve(LearningCurve curve) {
        return Diagnosis.of(evidence(List.of(), List.of(), Optional.of(curve), List.of()), Spectra.of(List.of()));
    }

    private static Evidence evidence(
            List<Case> cases, List<ChannelFacts> channels, Optional<LearningCurve> curve, List<String> leaks) {
        return new Evidence(
                cases,
                List.of(),
                channels,
                ScoreCalibration.of(Floats.of(), Floats.of()),
                curve,
                leaks,
                0,
                Optional.empty());
    }

    private static List<Finding.Kind> kinds(UnaryOperator<float[]> model) {
        return findings(model).stream().map(Finding::kind).toList();
    }

    private static List<Finding> findings(UnaryOperator<float[]> model) {
        return findings(NOISY, model);
    }

    private static List<Finding> findings(float[] noisy, UnaryOperator<float[]> model) {
        List<Case> cases = cases(noisy, model);
        return Diagnosis.of(Evidence.of(cases, cases(SIGNAL, model), 0), Spectra.of(cases));
    }

    private static List<Case> cases(float[] input, UnaryOperator<float[]> model) {
        Stretch stretch = Stretch.known(Floats.of(input), Floats.of(model.apply(input)), Floats.of(SIGNAL));
        return List.of(new Case("x", List.of(stretch)));
    }

    /** The signal, and a share of whatever else is in {@code x}. */
    private static float[] blend(float[] x, float share) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = SIGNAL[i] + share * (x[i] - SIGNAL[i]);
        }
        return out;
    }

    private static float[] scaled(float[] x, float factor) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = factor * x[i];
        }
        return out;
    }

    private static float[] signal() {
        float[] out = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            out[i] = (float) (Math.sin(2 * Math.PI * 0.01 * i) + 0.6 * Math.sin(2 * Math.PI * 0.08 * i));
        }
        return out;
    }

    private static float[] noisy() {
        float[] out = noise(3, 0.4);
        for (int i = 0; i < LENGTH; i++) {
            out[i] += SIGNAL[i];
        }
        return out;
    }

    private static float[] noise(long seed, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            out[i] = (float) (deviation * random.nextGaussian());
        }
        return out;
    }
}
