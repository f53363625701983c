package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"unet", "dense"})
    void a_trained_model_is_admitted_and_cleans(String form) throws Exception {
        // Given
        Network network = form.equals("unet") ? Toy.unet() : Toy.dense();
        TrainSpec spec = Toy.spec(network, 2, 300);

        // When
        TrainedModel model = Trainer.train(Toy.data(2), spec, TrainingListener.NONE);

        // Then
        assertThat(model.metadata().metrics().get("heldOutSnrGainDb")).isGreaterThan(3);
        ModelFile file = ModelFile.open(model.bytes().toArray(), "toy", Provider.CPU, new Expected("toy", 2, 32, 64));
        try (Denoiser denoiser = file.denoiser()) {
            assertThat(denoiser.spec().observed()).isTrue();
            assertThat(denoiser.spec().error()).isTrue();
            assertThat(denoiser.spec().scoreQuantiles().length()).isEqualTo(7);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"unet", "dense"})
    void the_same_seed_gives_the_same_bytes_and_another_seed_others(String form) throws Exception {
        Network network = form.equals("unet") ? Toy.unet() : Toy.dense();
        TrainSpec spec = Toy.spec(network, 1, 20);

        byte[] first =
                Trainer.train(Toy.data(1), spec, TrainingListener.NONE).bytes().toArray();
        byte[] second =
                Trainer.train(Toy.data(1), spec, TrainingListener.NONE).bytes().toArray();
        byte[] other = Trainer.train(Toy.data(1), spec.withSeed(12), TrainingListener.NONE)
                .bytes()
                .toArray();

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    /** Export admits the file, which runs every window in batches of several sizes and wants the same bytes. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void every_activation_answers_for_a_window_with_the_same_bytes_in_every_batch(Activation activation)
            throws Exception {
        TrainSpec spec = Toy.spec(new Tcn(List.of(5, 7), 3, 2, activation), 1, 3);

        TrainedModel model = Trainer.train(Toy.data(1), spec, TrainingListener.NONE);

        assertThat(model.steps()).isEqualTo(3);
    }

    @Test
    void the_file_says_where_it_comes_from() throws Exception {
        TrainedModel model = Trainer.train(Toy.data(1), Toy.spec(Toy.unet(), 1, 5), TrainingListener.NONE);

        ModelMetadata metadata = model.metadata();
        assertThat(metadata.name()).isEqualTo("toy");
        assertThat(metadata.version()).isEqualTo("3");
        assertThat(metadata.training().seed()).isEqualTo(11);
        assertThat(metadata.training().data()).containsEntry("sines.csv", "ab").containsEntry("walk.csv", "cd");
        assertThat(metadata.training().corruption()).anyMatch(phrase -> phrase.startsWith("recorded noise"));
        assertThat(metadata.channels().get(0).unit()).isEqualTo("V");
        assertThat(metadata.channels().get(0).residualScale()).isPositive();
        assertThat(metadata.inputs().get(0).mean()).isBetween(4.9f, 5.1f);
        assertThat(metadata.golden()).hasSize(3);
    }

    @Test
    void error_is_the_residual_in_calibrated_units_and_zero_where_missing() throws Exception {
        // Given
        TrainedModel model = Trainer.train(Toy.data(1), Toy.spec(Toy.unet(), 1, 5), TrainingListener.NONE);
        float scale = model.metadata().channels().get(0).residualScale();
        WindowBatch batch = new WindowBatch(1, 1, 32);
        batch.add();
        for (int i = 0; i < 32; i++) {
            batch.x().put(i, i < 20 ? 5 + i % 3 : 0);
            batch.observed().put(i, i < 20 ? 1 : 0);
        }
        Reconstruction out = new Reconstruction(1, 1, 32);

        // When
        try (Denoiser denoiser = ModelFile.open(
                        model.bytes().toArray(), "toy", Provider.CPU, new Expected("toy", 1, 32, 1))
                .denoiser()) {
            denoiser.denoise(batch, 0, 1, out);
        }

        // Then
        for (int i = 0; i < 32; i++) {
            float residual = Math.abs(batch.x().get(i) - out.clean().get(i)) / scale;
            assertThat(out.error().get(i)).isCloseTo(i < 20 ? residual : 0, within(1e-4f));
        }
    }

    @Test
    void training_ends_early_when_the_held_out_part_no_longer_gains() throws Exception {
        // Given: a rate at which the weights only jump about
        Schedule schedule = new Schedule(1000, 4, 0.5, 0, 5, 2);
        List<TrainingListener.Progress> seen = new ArrayList<>();

        // When
        TrainedModel model =
                Trainer.train(Toy.data(1), Toy.spec(Toy.dense(), 1, 1).with(schedule), seen::add);

        // Then
        assertThat(model.steps()).isLessThan(1000);
        assertThat(model.bestStep()).isEqualTo(model.steps() - 10);
        assertThat(seen).hasSize(model.steps());
    }

    @Test
    void a_refusal_lists_every_problem() {
        TrainSpec spec = Toy.spec(new UNet(List.of(8, 8, 8), 3), 2, 0);

        assertThatThrownBy(() -> Trainer.train(Toy.data(1), spec, TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("train.patch is 3, needs 1 or an even number")
                .hasMessageContaining("train.steps is 0");
    }

    @Test
    void data_that_do_not_fit_are_refused_with_every_problem() {
        // Given
        float[] hole = new float[4000];
        hole[17] = Float.NaN;
        TrainingData data = new TrainingData(
                List.of(
                        new Recording("short.csv", "", List.of(new float[100])),
                        new Recording("hole.csv", "", List.of(hole)),
                        new Recording("zero.csv", "", List.of(new float[4000]))),
                List.of());

        // When, Then
        assertThatThrownBy(() -> Trainer.train(data, Toy.spec(Toy.unet(), 1, 5), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("short.csv has 100 samples, training needs at least")
                .hasMessageContaining("hole.csv, channel 0, row 18 is NaN")
                .hasMessageContaining("zero.csv, channel 0, is zero throughout");
    }

    @Test
    void bytes_that_compute_something_else_are_refused() throws Exception {
        // Given: what torch is said to have computed is off by one everywhere
        TrainedModel model = Trainer.train(Toy.data(1), Toy.spec(Toy.dense(), 1, 5), TrainingListener.NONE);
        TrainingBatch batch = new TrainingBatch(2, 1, 32);
        float[] expected = new float[64];
        Arrays.fill(expected, 1e6f);

        // When, Then
        assertThatThrownBy(() -> ExportCheck.check(model.bytes().toArray(), model.metadata(), batch, expected, 1e-3f))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("ONNX Runtime and torch differ by");
    }

    @Test
    void the_held_out_part_is_the_end_of_every_recording() {
        TrainingData data = Toy.data(1);

        TrainingData head = data.head(new Split(0.1, 1));
        TrainingData tail = data.tail(new Split(0.1, 1));

        assertThat(head.clean().get(0).samples()).isEqualTo(3600);
        assertThat(tail.clean().get(0).samples()).isEqualTo(400);
        assertThat(tail.clean().get(0).channels().get(0)[0])
                .isEqualTo(data.clean().get(0).channels().get(0)[3600]);
        assertThat(head.noise().get(0).samples()).isEqualTo(2700);
    }
}
