package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.eval.filter.RunningMedian;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Figures, spectra and whiteness on signals whose answers are known. */
class EvaluationArithmeticTest {
    private static final float NAN = Float.NaN;

    @Test
    void figures_are_those_worked_out_by_hand() {
        // Given clean 1 2 3 4, noise ±1, a tenth of it left
        Stretch stretch = Stretch.known(
                Floats.of(2, 1, 4, 3, NAN), Floats.of(1.1f, 1.9f, 3.1f, 3.9f, 7), Floats.of(1, 2, 3, 4, 5));

        // When
        Figures figures = Figures.of(new Case("lead", List.of(stretch)));

        // Then: the missing sample counts for nothing
        assertThat(figures.snrInDb()).isCloseTo(10 * Math.log10(30 / 4.0), within(1e-9));
        assertThat(figures.gainDb()).isCloseTo(20, within(1e-4));
        assertThat(figures.rmse()).isCloseTo(0.1, within(1e-6));
        assertThat(figures.prdPercent()).isCloseTo(100 * Math.sqrt(0.04 / 5), within(1e-4));
        assertThat(figures.correlation()).isCloseTo(4.8 / Math.sqrt(5 * 4.64), within(1e-6));
        assertThat(figures.maskedRmse()).isNaN();
    }

    @Test
    void hidden_samples_grade_a_prediction_where_there_is_no_truth() {
        // Given: of 1 -1 1 -1, the middle two were hidden and told with an error of 0.1
        Stretch stretch =
                Stretch.unknown(Floats.of(1, -1, 1, -1), Floats.of(1, -1, 1, -1), Floats.of(NAN, -0.9f, 1.1f, NAN));

        // When
        Figures figures = Figures.of(new Case("lead", List.of(stretch)));

        // Then
        assertThat(figures.maskedRmse()).isCloseTo(0.1, within(1e-6));
        assertThat(figures.predictedDb()).isCloseTo(20, within(1e-4));
        assertThat(figures.gainDb()).isNaN();
    }

    @Test
    void white_noise_is_white_and_a_moving_average_of_it_is_not() {
        // Given
        float[] white = noise(5, 20_000);
        float[] smooth = new float[white.length];
        for (int i = 2; i < white.length; i++) {
            smooth[i] = white[i] + white[i - 1] + white[i - 2];
        }

        // When
        Whiteness of = new Whiteness();
        of.add(Floats.of(white));
        Whiteness ofSmooth = new Whiteness();
        ofSmooth.add(Floats.of(smooth));

        // Then
        assertThat(of.coloured()).isLessThan(0.15);
        assertThat(of.ljungBox()).isGreaterThan(0.01);
        assertThat(ofSmooth.correlation(1)).isCloseTo(2 / 3.0, within(0.02));
        assertThat(ofSmooth.ljungBox()).isLessThan(1e-6);
    }

    @Test
    void spectra_add_up_to_the_power_and_find_a_sine_where_it_is() {
        // Given a sine of 0.125 cycles per sample as signal, white noise, and a model that halves the signal and
        // removes all noise
        int length = 8_192;
        float[] noise = noise(6, length);
        float[] noisy = new float[length];
        float[] clean = new float[length];
        float[] cleaned = new float[length];
        for (int i = 0; i < length; i++) {
            clean[i] = (float) (3 * Math.sin(2 * Math.PI * 0.125 * i));
            noisy[i] = clean[i] + noise[i];
            cleaned[i] = clean[i] / 2;
        }

        // When
        Spectra spectra = Spectra.of(
                List.of(new Case("x", List.of(Stretch.known(Floats.of(noisy), Floats.of(cleaned), Floats.of(clean))))));

        // Then
        assertThat(Spectra.sum(spectra.clean())).isCloseTo(4.5, within(0.05));
        assertThat(Spectra.sum(spectra.noise())).isCloseTo(1, within(0.05));
        int bin = (int) Math.round(0.125 / spectra.binWidth());
        assertThat(spectra.kept().at(bin)).isCloseTo(0.5f, within(1e-3f));
        assertThat(spectra.clean().at(bin)).isGreaterThan(1);
        List<Bands.Band> bands = Bands.of(spectra, 0);
        assertThat(bands.get(bands.size() - 1).to()).isEqualTo(0.5);
        assertThat(bands.stream()
                        .mapToDouble(band -> band.noise() * band.noise())
                        .sum())
                .isCloseTo(1, within(0.05));
    }

    @Test
    void a_comparison_grades_filters_on_what_the_model_got() {
        // Given an impulse as noise, which a model leaves and a median takes out
        float[] clean = new float[64];
        float[] noisy = clean.clone();
        for (int i = 0; i < clean.length; i++) {
            clean[i] = i;
            noisy[i] = i == 30 ? 100 : i;
        }
        Stretch stretch = Stretch.known(Floats.of(noisy), Floats.of(noisy), Floats.of(clean));

        // When
        Comparison comparison =
                Comparison.of("model m", List.of(new Case("x", List.of(stretch))), List.of(new RunningMedian(3)), 0);

        // Then
        assertThat(comparison.methods().get(0).mean(Figures::gainDb)).isCloseTo(0, within(1e-9));
        assertThat(comparison.methods().get(1).mean(Figures::gainDb)).isGreaterThan(20);
        assertThat(new ComparisonTable(comparison).methods().get(2)).startsWith("median", "width 3");
    }

    @Test
    void stretches_of_different_lengths_are_refused() {
        assertThatThrownBy(() -> Stretch.known(Floats.of(1, 2), Floats.of(1), Floats.of(1, 2)))
                .hasMessageContaining("1 other values");
    }

    private static float[] noise(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }
}
