package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final TrainBlock.Target TARGET = new TrainBlock.Target("t", "1", List.of("a", "b"), 32);

    @Test
    void the_squared_error_is_weighted_by_window_and_channel() {
        TrainingBatch batch = batch(new float[] {1, 2}, new float[] {3, 5});
        batch.weight[0] = 2;
        batch.weight[1] = 10;

        // (1² + 2²) · 2 + (3² + 5²) · 10, over four values
        assertThat(loss(Loss.DEFAULT, batch)).isCloseTo((5 * 2 + 34 * 10) / 4.0, within(1e-4));
        assertThat(loss(new Loss(new Loss.Squared(), 0, List.of(1.0, 0.5)), batch))
                .isCloseTo((5 * 2 + 34 * 5) / 4.0, within(1e-4));
    }

    @Test
    void hubers_error_is_squared_up_to_delta_and_straight_beyond() {
        Loss huber = new Loss(new Loss.Huber(0.5), 0, List.of());
        TrainingBatch batch = batch(new float[] {0.5f, -1}, new float[] {4, 0});

        // scales 2 and 4: deltas 1 and 2; beyond, delta (2 |e| - delta)
        assertThat(loss(huber, batch)).isCloseTo((0.25 + 1 + 2 * (8 - 2)) / 4.0, within(1e-5));
    }

    @Test
    void cross_entropy_is_least_where_output_and_target_agree() {
        Loss loss = new Loss(new Loss.CrossEntropy(), 0, List.of());
        TrainingBatch batch = batch(new float[] {0.2f, 0.7f}, new float[] {1, 0});
        float[] targets = batch.target.clone();
        double expected = 0;
        for (float t : targets) {
            expected -= t == 0 || t == 1 ? 0 : (t * Math.log(t) + (1 - t) * Math.log(1 - t)) / 4;
        }

        assertThat(of(loss, targets, batch)).isCloseTo(expected, within(1e-4));
        assertThat(of(loss, new float[] {0.3f, 0.7f, 1, 0}, batch)).isGreaterThan(expected + 1e-3);
        assertThat(of(loss, new float[] {0.2f, 0.7f, 0, 0}, batch)).isFinite();
    }

    @Test
    void the_spectral_term_prefers_noise_to_blur_where_the_squared_error_cannot_tell() {
        // Given: a rough signal, a blurred version, and one with white noise of the same squared error
        int length = 512;
        SplittableRandom random = new SplittableRandom(3);
        TrainingBatch batch = new TrainingBatch(1, 1, length);
        for (int i = 0; i < length; i++) {
            batch.target[i] = (float) random.nextGaussian();
        }
        batch.weight[0] = 1;
        float[] blurred = new float[length];
        float[] noisy = new float[length];
        double lost = 0;
        for (int i = 0; i < length; i++) {
            blurred[i] =
                    (batch.target[Math.max(0, i - 1)] + batch.target[i] + batch.target[Math.min(length - 1, i + 1)])
                            / 3;
            lost += Math.pow(blurred[i] - batch.target[i], 2) / length;
        }
        for (int i = 0; i < length; i++) {
            noisy[i] = (float) (batch.target[i] + Math.sqrt(lost) * random.nextGaussian());
        }
        Grading squared = new Grading(Loss.DEFAULT, Objective.SQUARE, new float[] {1});
        Grading spectral = new Grading(new Loss(new Loss.Squared(), 1, List.of()), Objective.SQUARE, new float[] {1});

        // Then
        double by = of(spectral, blurred, batch) - of(squared, blurred, batch);
        double noise = of(spectral, noisy, batch) - of(squared, noisy, batch);
        assertThat(of(squared, noisy, batch)).isCloseTo(of(squared, blurred, batch), within(0.1));
        assertThat(by).isGreaterThan(1.5 * noise);
        assertThat(of(spectral, batch.target, batch)).isZero();
    }

    @Test
    void a_window_that_is_nearly_right_pulls_harder_than_one_that_is_not() {
        // Given: mean squares of 0.15 and 3.99, in units of the noise
        TrainingBatch batch = new TrainingBatch(2, 1, 1);
        float[] weight = {4, 1};
        System.arraycopy(weight, 0, batch.weight, 0, 2);
        float[] clean = {(float) Math.sqrt(0.15 / 4), (float) Math.sqrt(3.99)};
        Grading grading = new Grading(Loss.DEFAULT, Objective.FOURTH_ROOT, new float[] {1});

        // When: each error shrinks by a tenth
        double before = of(grading, clean, batch);
        double easier = of(grading, new float[] {0.9f * clean[0], clean[1]}, batch);
        double harder = of(grading, new float[] {clean[0], 0.9f * clean[1]}, batch);

        // Then: that of an error ten times as large counts for twice as much only, by the square root for five times
        assertThat(before).isCloseTo((2 * Math.pow(0.16, 0.25) + 2 * Math.pow(4, 0.25)) / 2, within(1e-5));
        assertThat((before - harder) / (before - easier)).isBetween(2.2, 2.5);
    }

    @Test
    void the_block_names_a_loss_or_describes_it() {
        assertThat(read(Map.of("loss", "huber")).spec().loss()).isEqualTo(new Loss(new Loss.Huber(1), 0, List.of()));
        Map<String, Object> full = Map.of("kind", "huber", "delta", 0.2, "spectral", 0.1, "channels", List.of(1, 2));
        TrainBlock.Read read = read(Map.of("loss", full));
        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().loss()).isEqualTo(new Loss(new Loss.Huber(0.2), 0.1, List.of(1.0, 2.0)));
        assertThat(read.spec().loss().phrase(List.of("a", "b")))
                .isEqualTo("Huber's error, delta 0.2 + 0.1 of the log spectra's difference, a × 1.0, b × 2.0");
        assertThat(read(Map.of("loss", "mae")).problems())
                .containsExactly("train.loss is 'mae', needs squared or huber or cross-entropy");
        assertThat(read(Map.of("loss", Map.of("kind", "huber", "delta", 0, "channels", List.of(1))))
                        .spec()
                        .problems())
                .containsExactly(
                        "train.loss.delta is 0.0, needs more than 0",
                        "train.loss.channels has 1 weights for 2 channels");
    }

    @Test
    void cross_entropy_is_refused_unless_output_and_targets_lie_between_0_and_1() {
        Loss loss = new Loss(new Loss.CrossEntropy(), 0, List.of());
        TrainSpec linear = Toy.spec(Toy.dense(), 1, 5).with(loss);
        TrainSpec sigmoid = linear.with(new Ends(Ends.Normalisation.NONE, Ends.Output.SIGMOID));

        assertThatThrownBy(() -> Trainer.train(Toy.data(1), linear, TrainingListener.NONE))
                .hasMessageContaining(
                        "train.loss cross-entropy needs an output from 0 to 1; set train.output to sigmoid");
        assertThatThrownBy(() -> Trainer.train(Toy.data(1), sigmoid, TrainingListener.NONE))
                .hasMessageContaining("cross-entropy needs targets from 0 to 1: sines.csv, row 1, is 5.0");
        assertThatThrownBy(() -> Trainer.train(unit(), sigmoid, TrainingListener.NONE))
                .hasMessageContaining("which train.augmentation may leave");
    }

    @Test
    void the_textbook_autoencoder_trains_with_cross_entropy_and_gives_values_between_0_and_1() throws Exception {
        Map<String, Object> block = Map.of(
                "network",
                "dense",
                "widths",
                List.of(48, 16, 48),
                "normalise",
                "none",
                "output",
                "sigmoid",
                "loss",
                "cross-entropy",
                "steps",
                300,
                "batch",
                16,
                "augmentation",
                Map.of("gain", List.of(1, 1), "stretch", List.of(1, 1), "flip", 0, "splice", 0),
                "corruption",
                List.of(Map.of("gaussian", Map.of("chance", 1, "sigma", 0.25, "in", "unit"))));
        TrainBlock.Read read = TrainBlock.read(block, new TrainBlock.Target("t", "1", List.of("a"), 32));

        TrainedModel model = Trainer.train(unit(), read.spec(), TrainingListener.NONE);

        assertThat(read.problems()).isEmpty();
        assertThat(model.parameters()).isEqualTo(32 * 48 + 48 + 48 * 16 + 16 + 16 * 48 + 48 + 48 * 32 + 32);
        assertThat(model.metadata().metrics().get("heldOutSnrGainDb")).isGreaterThan(3);
        for (float value : model.example().cleaned().toArray()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    /** A sine between 0 and 1. */
    private static TrainingData unit() {
        float[] values = new float[4000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.5 + 0.5 * Math.sin(i * 0.21));
        }
        return new TrainingData(List.of(new Recording("unit.csv", "", List.of(values))), List.of());
    }

    private static TrainBlock.Read read(Map<String, Object> block) {
        return TrainBlock.read(block, TARGET);
    }

    /** Two channels of two samples; output is 0 and the errors are the targets. */
    private static TrainingBatch batch(float[] first, float[] second) {
        TrainingBatch batch = new TrainingBatch(1, 2, 2);
        System.arraycopy(first, 0, batch.target, 0, 2);
        System.arraycopy(second, 0, batch.target, 2, 2);
        batch.weight[0] = 1;
        batch.weight[1] = 1;
        return batch;
    }

    private static double loss(Loss loss, TrainingBatch batch) {
        return of(loss, new float[4], batch);
    }

    private static double of(Loss loss, float[] clean, TrainingBatch batch) {
        return of(new Grading(loss, Objective.SQUARE, new float[] {2, 4}), clean, batch);
    }

    private static double of(Grading grading, float[] clean, TrainingBatch batch) {
        Torch.start();
        return Torch.inferring(() -> {
            Tensor values = Torch.tensor(clean, batch.windows, batch.channels, batch.length);
            return (double) grading.of(values, batch).item_float();
        });
    }
}
