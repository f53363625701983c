package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.train.Levels.Condition;
import dev.limpid.train.Levels.ErrorUnit;
import dev.limpid.train.Levels.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlindSpotTest {
    private static final int LENGTH = 32;

    static Stream<Levels> levels() {
        return Stream.of(
                Levels.DEFAULT, new Levels(Condition.NOISE_LEVEL, Prediction.NOISE, 1, true, ErrorUnit.TWEEDIE));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void no_sample_of_the_exported_graph_depends_on_itself(Levels levels) throws Exception {
        // Given
        TrainSpec spec = spec(2, 30, new Supervision.BlindSpot(3)).with(levels);
        TrainedModel model = Trainer.train(Noisy.data(2, 1, 0.5), spec, TrainingListener.NONE);
        float[] window = new float[2 * LENGTH];
        for (int i = 0; i < window.length; i++) {
            window[i] = (float) (5 + 2 * Math.sin(i * 0.21));
        }

        try (Denoiser denoiser = ModelFile.open(
                        model.bytes().toArray(), "toy", Provider.CPU, new Expected("toy", 2, LENGTH, 1))
                .denoiser()) {
            float[] before = cleaned(denoiser, window);
            for (int at = 0; at < LENGTH; at++) {
                // When
                float[] other = window.clone();
                other[at] += 3;
                float[] after = cleaned(denoiser, other);

                // Then: neither this channel's output there nor the other's
                assertThat(after[at]).as("sample " + at).isEqualTo(before[at]);
                assertThat(after[LENGTH + at]).isEqualTo(before[LENGTH + at]);
                assertThat(after).isNotEqualTo(before);
            }
        }
    }

    @Test
    void a_blind_spot_costs_a_network_for_each_mask() throws Exception {
        TrainSpec spec = spec(1, 5, new Supervision.BlindSpot(4));

        NetworkCost seeing = NetworkCost.of(Noisy.data(1, 1, 0.5), spec.with(new Supervision.BlindSpot(2)));
        NetworkCost blind = NetworkCost.of(Noisy.data(1, 1, 0.5), spec);

        assertThat(blind.multiplyAdds()).isEqualTo(2 * seeing.multiplyAdds());
        assertThat(blind.parameters()).isEqualTo(seeing.parameters());
    }

    @Test
    void white_noise_is_taken_away_by_who_never_saw_a_clean_sample() throws Exception {
        // Given
        TrainSpec spec = spec(1, 400, Supervision.BlindSpot.DEFAULT);

        // When
        TrainedModel model = Trainer.train(Noisy.data(1, 1, 0.5), spec, TrainingListener.NONE);

        // Then
        assertThat(Noisy.gainDb(model, 0.5)).isGreaterThan(6);
        assertThat(model.metadata().metrics().get("noiseSigma")).isBetween(0.45, 0.55);
        assertThat(model.metadata().metrics().get("removedRms")).isBetween(0.45, 0.6);
        assertThat(model.metadata().metrics()).doesNotContainKey("heldOutSnrGainDb");
        assertThat(model.metadata().training().corruption())
                .contains("learned from noisy recordings, blind spot of 4 masks");
    }

    @Test
    void only_hidden_samples_are_graded() {
        // Given
        TrainSpec spec = spec(1, 1, new Supervision.BlindSpot(4));
        TrainingBatch batch = new TrainingBatch(8, 1, LENGTH);

        // When
        Lessons.of(Noisy.data(1, 1, 0.5), spec, spec.augmentation(), 3).fill(batch);

        // Then
        for (int i = 0; i < batch.grade.length; i++) {
            assertThat(batch.grade[i] == 0 || batch.observed[i] == 0).isTrue();
            assertThat(batch.observed[i] == 1 || batch.x[i] == 0).isTrue();
        }
        for (int window = 0; window < 8; window++) {
            float sum = 0;
            for (int i = batch.at(window, 0); i < batch.at(window + 1, 0); i++) {
                sum += batch.grade[i];
            }
            assertThat(sum).isEqualTo(LENGTH);
        }
    }

    @Test
    void what_would_show_hidden_samples_is_refused() {
        TrainBlock.Read read = TrainBlock.read(
                Map.of(
                        "supervision", "blind-spot",
                        "augmentation", Map.of("stretch", List.of(0.8, 1.25)),
                        "loss", Map.of("spectral", 0.1),
                        "corruption",
                                Map.of(
                                        "then",
                                        List.of(
                                                Map.of("shuffle", Map.of()),
                                                Map.of(
                                                        "either",
                                                        Map.of(
                                                                "of",
                                                                List.of(
                                                                        Map.of(
                                                                                "either",
                                                                                Map.of("of", List.of("stuck"))))))))),
                new TrainBlock.Target("toy", "1", List.of("c0"), LENGTH));

        assertThat(read.problems()).isEmpty();
        assertThatThrownBy(() -> Trainer.train(Noisy.data(1, 1, 0.5), read.spec(), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("train.augmentation.stretch reads between samples")
                .hasMessageContaining("train.loss.spectral has no meaning")
                .hasMessageContaining("train.corruption, shuffle: it shows a hidden sample's value elsewhere")
                .hasMessageContaining("train.corruption, stuck: it shows");
    }

    @Test
    void by_default_only_missing_samples_are_added_to_noise_that_is_there() {
        TrainBlock.Read read = TrainBlock.read(
                Map.of("supervision", Map.of("kind", "blind-spot", "masks", 8)),
                new TrainBlock.Target("toy", "1", List.of("c0"), LENGTH));

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().supervision()).isEqualTo(new Supervision.BlindSpot(8));
        assertThat(read.spec().corruption().gaussian()).isZero();
        assertThat(read.spec().corruption().noise()).isZero();
        assertThat(read.spec().corruption().mask()).isEqualTo(Corruption.DEFAULT.mask());
        assertThat(read.spec().augmentation().stretchHigh()).isEqualTo(1);
    }

    @Test
    void no_window_spans_what_is_missing_or_left_out() throws Exception {
        // Given: a value that no window may hold stands beside each hole
        TrainingData whole = Noisy.data(1, 1, 0.5);
        float[] values = whole.clean().get(0).channels().get(0).clone();
        SplittableRandom random = new SplittableRandom(4);
        for (int hole = 0; hole < 20; hole++) {
            int at = random.nextInt(values.length - 100);
            Arrays.fill(values, at, at + 20, Float.NaN);
        }
        TrainingData holed = new TrainingData(List.of(new Recording("noisy.csv", "ab", List.of(values))), List.of());

        // When
        TrainSpec spec = spec(1, 5, Supervision.BlindSpot.DEFAULT);
        TrainedModel model = Trainer.train(holed, spec, TrainingListener.NONE);

        // Then
        assertThat(model.metadata().inputs().get(0).mean()).isBetween(4.9f, 5.1f);
        for (Recording stretch : holed.cut(spec).clean()) {
            assertThat(stretch.samples()).isGreaterThanOrEqualTo(LENGTH);
            for (float value : stretch.channels().get(0)) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void holes_everywhere_are_refused_with_what_is_left() {
        // Given
        float[] values = new float[4000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 20 == 0 ? Float.NaN : i % 7;
        }
        TrainingData data = new TrainingData(List.of(new Recording("noisy.csv", "ab", List.of(values))), List.of());

        // When, Then
        assertThatThrownBy(() -> Trainer.train(data, spec(1, 5, Supervision.BlindSpot.DEFAULT), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining(
                        "nothing is left to fit on: of 3600 samples none lie in a stretch of 36 without gap");
    }

    static TrainSpec spec(int channels, int steps, Supervision supervision) {
        TrainSpec toy = Toy.spec(Toy.unet(), channels, steps);
        TrainSpec noisy = new TrainSpec(
                toy.name(),
                toy.version(),
                toy.channels(),
                toy.unit(),
                toy.length(),
                toy.network(),
                toy.schedule(),
                supervision.corruption(),
                supervision.augmentation(),
                toy.heldOut(),
                toy.seed());
        return noisy.with(supervision);
    }

    private static float[] cleaned(Denoiser denoiser, float[] window) throws Exception {
        WindowBatch batch = new WindowBatch(1, 2, LENGTH);
        batch.add();
        batch.x().put(0, window);
        float[] ones = new float[window.length];
        Arrays.fill(ones, 1);
        batch.observed().put(0, ones);
        Reconstruction out = new Reconstruction(1, 2, LENGTH);
        denoiser.denoise(batch, 0, 1, out);
        float[] clean = new float[window.length];
        out.clean().get(0, clean);
        return clean;
    }
}
