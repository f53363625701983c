package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.definition.Nearest;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.AdmissionLimits;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.Port;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Floats;
import dev.limpid.train.Levels.Condition;
import dev.limpid.train.Levels.ErrorUnit;
import dev.limpid.train.Levels.Prediction;
import dev.limpid.train.synthetic.Spoiling;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LevelsTest {
    private static final Levels ALL = new Levels(Condition.NOISE_LEVEL, Prediction.NOISE, 3, true, ErrorUnit.TWEEDIE);

    static Stream<Arguments> kinds() {
        return Stream.of(
                        new Levels(Condition.NOISE_LEVEL, Prediction.CLEAN, 1, false, ErrorUnit.RESIDUAL),
                        new Levels(Condition.NONE, Prediction.NOISE, 1, true, ErrorUnit.RESIDUAL),
                        new Levels(Condition.NONE, Prediction.CLEAN, 8, false, ErrorUnit.TWEEDIE),
                        ALL)
                .flatMap(levels -> Stream.of(Ends.Normalisation.values())
                        .map(normalisation -> Arguments.of(levels, new Ends(normalisation, Ends.Output.LINEAR))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_is_made_of_levels_is_the_same_in_torch_and_in_onnx_runtime(Levels levels, Ends ends) throws Exception {
        Autoencoder autoencoder = autoencoder(levels, ends);
        OnnxRun.Outputs outputs = OnnxRun.both(
                new OnnxRun.Forward() {
                    @Override
                    public <V> V of(Ops<V> ops, List<V> in) {
                        // observed: 1 where the drawn value is positive, else 0
                        V observed =
                                ops.clip(ops.mul(ops.relu(in.get(1)), ops.constant("k", new float[] {1e9f}, 1)), 0, 1);
                        V x = ops.mul(in.get(0), observed);
                        Autoencoder.Cleaned<V> cleaned = autoencoder.cleaned(ops, x, observed);
                        return ops.concat(List.of(
                                cleaned.clean(),
                                autoencoder.error(ops, x, observed, cleaned, Floats.of(0.2f, 0.3f)),
                                autoencoder.tweedie(ops, x, observed, cleaned)));
                    }
                },
                false,
                new int[] {5, 2, 32},
                new int[] {5, 2, 32});

        assertThat(outputs.torch()).hasSize(5 * 6 * 32).doesNotContain(Float.NaN);
        for (int i = 0; i < outputs.torch().length; i++) {
            float value = outputs.torch()[i];
            assertThat(outputs.onnx()[i]).isCloseTo(value, within(2e-4f * Math.max(1, Math.abs(value))));
        }
    }

    /** A network that has learned nothing yet gives 0: as noise, that is the window itself; as a clean window, its mean. */
    @Test
    void noise_is_taken_from_the_window_and_a_missing_sample_has_none() {
        float[] x = new float[64];
        float[] observed = new float[64];
        Arrays.fill(observed, 1);
        for (int i = 0; i < 64; i++) {
            x[i] = (float) Math.sin(i);
        }
        x[5] = 0;
        observed[5] = 0;
        Levels noise = new Levels(Condition.NOISE_LEVEL, Prediction.NOISE, 1, false, ErrorUnit.RESIDUAL);

        float[] clean = cleanedByZeros(noise, x, observed);
        float[] mean = cleanedByZeros(Levels.DEFAULT, x, observed);

        for (int i = 0; i < 32; i++) {
            assertThat(clean[i]).isCloseTo(i == 5 ? mean[5] : x[i], within(1e-5f));
            assertThat(mean[i]).isCloseTo(mean[0], within(1e-5f));
        }
    }

    private static float[] cleanedByZeros(Levels levels, float[] x, float[] observed) {
        Autoencoder autoencoder = autoencoder(levels, Ends.DEFAULT);
        try (TorchOps ops = new TorchOps((name, init, fanIn, shape) -> new float[Weights.size(shape)])) {
            return Torch.inferring(() ->
                    Torch.array(autoencoder.clean(ops, Torch.tensor(x, 1, 2, 32), Torch.tensor(observed, 1, 2, 32))));
        }
    }

    @Test
    void a_refined_model_costs_a_run_for_each_step_and_no_parameter_more() throws Exception {
        TrainSpec spec = Toy.spec(Toy.unet(), 1, 5);

        NetworkCost once = NetworkCost.of(Toy.data(1), spec);
        NetworkCost refined = NetworkCost.of(Toy.data(1), spec.with(Levels.DEFAULT.refined(4)));

        assertThat(refined.multiplyAdds()).isEqualTo(4 * once.multiplyAdds());
        assertThat(refined.parameters()).isEqualTo(once.parameters());
    }

    @ParameterizedTest
    @MethodSource("admitted")
    void models_with_all_of_it_pass_admission(Levels levels, @TempDir Path folder) throws Exception {
        // Given: batch invariance, golden windows, the agreement with torch are checked where it is exported, too
        TrainedModel model =
                Trainer.train(Toy.data(2), Toy.spec(Toy.unet(), 2, 2).with(levels), TrainingListener.NONE);
        Path file = folder.resolve("toy.onnx");
        model.bytes().write(file);

        // When
        new Admission(AdmissionLimits.standard())
                .admit(file, Provider.CPU, metadata -> metadata.expected(64), (check, how) -> {})
                .denoiser()
                .close();

        // Then
        assertThat(ModelInspection.of(file).outline().outputs().stream().map(Port::name))
                .containsExactly("clean", "error", "tweedie");
        assertThat(model.metadata().metrics()).containsKeys("heldOutSnrGainDb", "heldOutSnrGainOneStepDb");
    }

    static Stream<Levels> admitted() {
        return Stream.of(ALL, new Levels(Condition.NOISE_LEVEL, Prediction.CLEAN, 8, true, ErrorUnit.RESIDUAL));
    }

    @Test
    void refinement_changes_the_graph_and_no_weight() throws Exception {
        TrainSpec spec = Toy.spec(Toy.unet(), 1, 5);

        TrainedModel once = Trainer.train(Toy.data(1), spec, TrainingListener.NONE);
        TrainedModel refined = Trainer.train(Toy.data(1), spec.with(Levels.DEFAULT.refined(2)), TrainingListener.NONE);

        assertThat(weights(refined)).isNotEmpty().isEqualTo(weights(once));
        assertThat(refined.metadata().metrics().get("heldOutSnrGainOneStepDb"))
                .isEqualTo(once.metadata().metrics().get("heldOutSnrGainDb"));
        assertThat(once.metadata().metrics()).doesNotContainKey("heldOutSnrGainOneStepDb");
    }

    private static List<TensorProto> weights(TrainedModel model) throws Exception {
        return ModelProto.parseFrom(model.bytes().toArray()).getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getName().endsWith("weight"))
                .toList();
    }

    @Test
    void more_noise_alone_raises_no_error_that_is_in_units_of_the_noise() throws Exception {
        TrainSpec spec = Toy.spec(Toy.unet(), 1, 150).with(new Corruption(0, 0, 0, 1, 0.05, 0.5, 0, 0, 0));

        double residual = rise(spec);
        double tweedie = rise(spec.with(new Levels(Condition.NONE, Prediction.CLEAN, 1, false, ErrorUnit.TWEEDIE)));

        assertThat(residual).isGreaterThan(3);
        assertThat(tweedie).isBetween(0.7, 1.3);
    }

    /** The mean error of windows with much noise over that of windows with a quarter of it. */
    private static double rise(TrainSpec spec) throws Exception {
        TrainedModel model = Trainer.train(Toy.data(1), spec, TrainingListener.NONE);
        return Noisy.error(model, 2) / Noisy.error(model, 0.5);
    }

    @Test
    void the_keys_of_the_block_are_read() {
        TrainBlock.Read read = read(Map.of(
                "condition", "noise-level", "predict", "noise", "refine", 3, "tweedie", "true", "error", "tweedie"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().levels()).isEqualTo(ALL);
        assertThat(read.spec().problems()).isEmpty();
        assertThat(read(Map.of()).spec().levels()).isEqualTo(Levels.DEFAULT);
    }

    @Test
    void what_makes_no_sense_is_told_with_its_remedy() {
        TrainBlock.Read misspelt = read(Map.of("condition", "sigma", "tweedie", "yes", "predcit", "noise"));
        TrainSpec spec = read(Map.of(
                        "predict",
                        "noise",
                        "output",
                        "sigmoid",
                        "refine",
                        9,
                        "condition",
                        "noise-level",
                        "supervision",
                        Map.of("kind", "blind-spot", "masks", 2)))
                .spec();

        assertThat(misspelt.problems())
                .contains(
                        "train.condition is 'sigma', needs none or noise-level",
                        "train.tweedie is 'yes', needs true or false")
                .anyMatch(problem -> problem.startsWith("train.predcit is unknown; did you mean 'predict'?"));
        assertThat(spec.problems())
                .contains(
                        "train.refine is 9, needs 1 to 8",
                        "train.refine is 9, but noisy recordings show no window at a level of noise below their own; needs 1, or"
                                + " train.supervision clean",
                        "train.predict noise is of any size and sign; needs train.output linear",
                        "train.condition noise-level compares neighbours, and train.supervision.masks 2 leaves none; needs 3 or"
                                + " more");
        assertThatThrownBy(() -> new SyntheticTrainer(
                                Spoiling.DEFAULT, Toy.spec(Toy.unet(), 1, 1).with(Levels.DEFAULT.refined(2)))
                        .train(TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("train.condition, predict, refine and error have no meaning");
    }

    private static TrainBlock.Read read(Map<String, Object> block) {
        return TrainBlock.read(block, new TrainBlock.Target("toy", "1", List.of("c0"), 32), Nearest::of);
    }

    private static Autoencoder autoencoder(Levels levels, Ends ends) {
        return new Autoencoder(
                        new Dense(List.of(12)),
                        List.of("a", "b"),
                        32,
                        Floats.of(0.5f, -3),
                        Floats.of(2, 0.5f),
                        Scaling.DEVIATION,
                        ends)
                .with(levels);
    }
}
