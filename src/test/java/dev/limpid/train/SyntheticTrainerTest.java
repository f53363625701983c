package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.eval.ScoreCalibration;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.train.synthetic.Spoiling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticTrainerTest {
    @TempDir
    private Path folder;

    private static TrainSpec spec(List<String> channels, int steps, int length) {
        return TrainBlock.read(
                        Map.of(
                                "widths",
                                List.of(8, 12),
                                "patch",
                                2,
                                "steps",
                                steps,
                                "batch",
                                16,
                                "learning-rate",
                                0.003),
                        new TrainBlock.Target("any", "1", channels, length))
                .spec();
    }

    @Test
    void a_model_of_made_up_signals_is_admitted_and_cleans_others() throws Exception {
        TrainedModel model =
                new SyntheticTrainer(Spoiling.DEFAULT, spec(List.of("value"), 120, 64)).train(TrainingListener.NONE);

        assertThat(model.metadata().metrics().get("heldOutSnrGainDb")).isGreaterThan(1);
        assertThat(model.metadata().training().data()).isEmpty();
        assertThat(model.metadata().training().corruption()).anyMatch(phrase -> phrase.startsWith("made-up signals"));
        assertThat(model.metadata().channels().get(0).residualScale()).isGreaterThan(0.5f);
        ScoreCalibration scores = ScoreCalibration.of(
                model.metadata().scoreQuantiles(), model.heldOut().scores());
        assertThat(scores.found().at(3)).isBetween(0.4f, 0.6f);
        assertThat(scores.found().at(6)).isLessThan(0.05f);
        ModelFile file = ModelFile.open(model.bytes().toArray(), "any", Provider.CPU, new Expected("any", 1, 64, 64));
        try (Denoiser denoiser = file.denoiser()) {
            assertThat(denoiser.spec().observed()).isTrue();
            assertThat(denoiser.spec().error()).isTrue();
            assertThat(denoiser.spec().scoreQuantiles().length()).isEqualTo(7);
        }
    }

    @Test
    void the_sign_of_a_signal_makes_no_difference() throws Exception {
        TrainedModel model =
                new SyntheticTrainer(Spoiling.DEFAULT, spec(List.of("value"), 20, 64)).train(TrainingListener.NONE);
        SplittableRandom random = new SplittableRandom(4);
        WindowBatch batch = new WindowBatch(2, 1, 64);
        batch.add();
        batch.add();
        for (int i = 0; i < 64; i++) {
            int observed = i % 9 == 4 ? 0 : 1;
            float value = (float) (20 + 3 * Math.sin(i / 5.0) + random.nextGaussian()) * observed;
            batch.x().put(i, value).put(64 + i, -value);
            batch.observed().put(i, observed).put(64 + i, observed);
        }

        Reconstruction out = new Reconstruction(2, 1, 64);
        ModelFile file = ModelFile.open(model.bytes().toArray(), "any", Provider.CPU, new Expected("any", 1, 64, 64));
        try (Denoiser denoiser = file.denoiser()) {
            denoiser.denoise(batch, 0, 2, out);
        }

        for (int i = 0; i < 64; i++) {
            assertThat(out.clean().get(64 + i))
                    .isCloseTo(-out.clean().get(i), within(1e-5f))
                    .isNotEqualTo(batch.x().get(64 + i));
        }
    }

    @Test
    void the_same_seed_gives_the_same_bytes() throws Exception {
        SyntheticTrainer trainer = new SyntheticTrainer(Spoiling.DEFAULT, spec(List.of("value"), 5, 32));

        byte[] first = trainer.train(TrainingListener.NONE).bytes().toArray();
        byte[] second = trainer.train(TrainingListener.NONE).bytes().toArray();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_checkpoint_goes_on_to_the_same_bytes_and_another_training_is_refused() throws Exception {
        // Given: the checkpoint of step 4
        Path file = folder.resolve("state");
        TrainSpec spec = spec(List.of("value"), 6, 32);
        SyntheticTrainer trainer = new SyntheticTrainer(Spoiling.DEFAULT, spec);
        byte[] whole = trainer.train(TrainingListener.NONE, Optional.of(new Checkpoints(file, 4)))
                .bytes()
                .toArray();
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(file, 1000));

        // When
        List<Integer> steps = new ArrayList<>();
        byte[] again = trainer.train(progress -> steps.add(progress.step()), checkpoints)
                .bytes()
                .toArray();

        // Then
        assertThat(steps).containsExactly(5, 6);
        assertThat(again).isEqualTo(whole);
        Spoiling other = new Spoiling(0.3, 40, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> new SyntheticTrainer(other, spec).train(TrainingListener.NONE, checkpoints))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("it is of another training");
    }

    @Test
    void what_does_not_fit_is_refused_with_every_reason() {
        Spoiling spoiling = new Spoiling(0.3, 40, 2, 0, 0, 0, 0, 0, 0);
        TrainSpec spec = spec(List.of("a", "b"), 5, 10)
                .with(new Loss(new Loss.Huber(1), 0, List.of()))
                .with(Supervision.BlindSpot.DEFAULT);

        assertThatThrownBy(() -> new SyntheticTrainer(spoiling, spec).train(TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("train.synthetic.nearly-clean is 2.0")
                .hasMessageContaining("is for one channel, input.channels has [a, b]")
                .hasMessageContaining("train.loss, normalise and output have no meaning")
                .hasMessageContaining("train.supervision has no meaning")
                .hasMessageContaining("window.length is 10");
    }
}
