package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small world of frames: a bright bar of random place and direction in each, 8 by 8. */
class FrameTest {
    @TempDir
    Path folder;

    private static final Frame FRAME = new Frame(1, 8, 8);

    @Test
    void frames_are_taken_whole() {
        // Given: every frame is of one value of its own
        float[] values = new float[300 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 64;
        }
        TrainingData data = new TrainingData(List.of(new Recording("steps", "", List.of(values))), List.of());
        TrainSpec spec = spec(Dense.DEFAULT, 1);
        TrainingBatch batch = new TrainingBatch(64, 1, 64);

        // When
        new BatchSource(data.head(spec.split()), spec, spec.augmentation(), 1).fill(batch);

        // Then
        for (int window = 0; window < batch.windows; window++) {
            int at = batch.at(window, 0);
            for (int i = 1; i < 64; i++) {
                assertThat(batch.target[at + i]).isEqualTo(batch.target[at]);
            }
        }
    }

    @Test
    void a_network_for_frames_is_trained_and_better_than_a_dense_one() throws Exception {
        TrainedModel convolutional = Trainer.train(bars(), spec(unet(), 250), TrainingListener.NONE);
        TrainedModel dense = Trainer.train(bars(), spec(new Dense(List.of(64, 16, 64)), 250), TrainingListener.NONE);

        double gain = convolutional.metadata().metrics().get("heldOutSnrGainDb");
        assertThat(gain).isGreaterThan(6);
        assertThat(gain).isGreaterThan(dense.metadata().metrics().get("heldOutSnrGainDb"));
    }

    @Test
    void the_same_seed_gives_the_same_bytes() throws Exception {
        byte[] first = Trainer.train(bars(), spec(unet(), 10), TrainingListener.NONE)
                .bytes()
                .toArray();
        byte[] second = Trainer.train(bars(), spec(unet(), 10), TrainingListener.NONE)
                .bytes()
                .toArray();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_recording_that_ends_within_a_frame_is_refused() {
        TrainingData data = new TrainingData(List.of(bars().clean().get(0).slice(0, 6401)), List.of());

        assertThatThrownBy(() -> Trainer.train(data, spec(unet(), 1), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("bars has 6401 samples, not a whole number of frames of 64");
    }

    @Test
    void several_frames_of_a_window_follow_each_other_and_the_model_says_what_it_is_and_gives_a_vector()
            throws Exception {
        // Given
        Frame two = new Frame(1, 8, 8, 2);
        TrainSpec one = spec(new UNet2d(two, List.of(8, 12), 2, Activation.RELU), 20);
        TrainSpec spec = new TrainSpec(
                one.name(),
                one.version(),
                one.channels(),
                "",
                128,
                one.network(),
                one.schedule(),
                one.corruption(),
                one.augmentation(),
                one.heldOut(),
                one.seed(),
                one.loss(),
                new Ends(Ends.Normalisation.NONE, Ends.Output.SIGMOID, true),
                Optional.of(two));

        // When
        TrainedModel model = Trainer.train(bars(), spec, TrainingListener.NONE);

        // Then
        assertThat(model.metadata().cleans()).isEqualTo(new Kind.Frame(8, 8, 2));
        Path file = folder.resolve("two.onnx");
        model.bytes().write(file);
        ModelFile opened = ModelFile.open(file, Provider.CPU, model.metadata().expected(4));
        try (Denoiser denoiser = opened.denoiser()) {
            assertThat(denoiser.spec().outputs().embedding()).isEqualTo(12);
            WindowBatch batch = new WindowBatch(4, 1, 128);
            batch.add();
            Reconstruction out = new Reconstruction(4, 1, 128);
            denoiser.denoise(batch, 0, 1, out);
            assertThat(out.embedding(12).get(0)).isNotZero();
        }
    }

    private static Network unet() {
        return new UNet2d(FRAME, List.of(8, 12), 2, Activation.RELU);
    }

    private static TrainSpec spec(Network network, int steps) {
        return new TrainSpec(
                "bars",
                "1",
                List.of("pixel"),
                "",
                64,
                network,
                new Schedule(steps, 32, 5e-3, 1e-2, 50, 10),
                Corruption.of(List.of(new Gaussian(1, Range.of(0.3), Scale.UNIT, Optional.of(new Range(0, 1))))),
                Augmentation.NONE,
                0.1,
                3,
                new Loss(new Loss.CrossEntropy(), 0, List.of()),
                new Ends(Ends.Normalisation.NONE, Ends.Output.SIGMOID),
                Optional.of(FRAME));
    }

    private static TrainingData bars() {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[400 * 64];
        for (int frame = 0; frame < 400; frame++) {
            int place = random.nextInt(8);
            boolean upright = random.nextBoolean();
            for (int i = 0; i < 8; i++) {
                values[frame * 64 + (upright ? 8 * i + place : 8 * place + i)] = 1;
            }
        }
        return new TrainingData(List.of(new Recording("bars", "", List.of(values))), List.of());
    }
}
