package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.signal.Floats;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
    static Stream<Network> networks() {
        return Stream.of(
                new Dense(List.of(20)),
                new Dense(List.of(20, 8, 20)),
                new UNet(List.of(6), 1),
                new UNet(List.of(4, 6), 2),
                new UNet(List.of(4, 6, 8), 4),
                new UNet(List.of(4, 6), 2, Activation.GELU),
                new Dense(List.of(20, 8), Activation.TANH),
                new Tcn(List.of(6), 3, 1, Activation.LEAKY_RELU),
                new Tcn(List.of(4, 6, 6), 5, 4, Activation.SILU),
                new UNet2d(new Frame(2, 4, 8), List.of(4, 6), 1, Activation.RELU),
                new UNet2d(new Frame(2, 4, 8), List.of(4, 6), 2, Activation.SILU),
                new UNet2d(new Frame(2, 4, 4, 2), List.of(4, 6), 1, Activation.RELU),
                new Conv2dStack(new Frame(2, 4, 8), List.of(4, 6), Activation.RELU));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_whole_autoencoder_computes_the_same_in_torch_and_in_onnx_runtime(Network network) throws Exception {
        compare(new Autoencoder(network, List.of("a", "b"), 32, Floats.of(0.5f, -3), Floats.of(2, 0.1f)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void so_does_one_that_is_scaled_by_the_noise(Network network) throws Exception {
        compare(new Autoencoder(
                network, List.of("a"), 32, Floats.of(0), Floats.of(1), Scaling.NOISE_LEVEL, Ends.DEFAULT));
    }

    private static void compare(Autoencoder autoencoder) throws Exception {
        int channels = autoencoder.channels().size();
        Floats scale = Floats.owning(Arrays.copyOf(new float[] {0.2f, 0.3f}, channels));
        OnnxRun.Outputs outputs = OnnxRun.both(
                new OnnxRun.Forward() {
                    @Override
                    public <V> V of(Ops<V> ops, List<V> in) {
                        // observed: 1 where the drawn value is positive, else 0
                        V observed =
                                ops.clip(ops.mul(ops.relu(in.get(1)), ops.constant("k", new float[] {1e9f}, 1)), 0, 1);
                        Autoencoder.Cleaned<V> cleaned =
                                autoencoder.cleaned(ops, ops.mul(in.get(0), observed), observed);
                        return ops.concat(
                                List.of(cleaned.clean(), autoencoder.error(ops, in.get(0), observed, cleaned, scale)));
                    }
                },
                false,
                new int[] {5, channels, 32},
                new int[] {5, channels, 32});

        assertThat(outputs.torch()).hasSize(5 * 2 * channels * 32).doesNotContain(Float.NaN);
        for (int i = 0; i < outputs.torch().length; i++) {
            assertThat(outputs.onnx()[i]).isCloseTo(outputs.torch()[i], within(2e-4f));
        }
    }

    @Test
    void a_window_that_the_levels_do_not_divide_is_refused() {
        assertThat(new UNet(List.of(8, 8, 8), 4).problem(512)).isEmpty();
        assertThat(new UNet(List.of(8, 8, 8), 4).problem(500))
                .hasValue("window.length is 500, train.network unet with 3 levels and patch 4 needs a multiple of 16");
        assertThat(new UNet(List.of(8), 3).problem(9)).isPresent();
        assertThat(new UNet(List.of(), 2).problem(8)).isPresent();
        assertThat(new Dense(List.of(0)).problem(8)).isPresent();
        assertThat(new Tcn(List.of(8, 8), 3, 4, Activation.RELU).problem(12)).isEmpty();
        assertThat(new Tcn(List.of(8, 8), 4, 4, Activation.RELU).problem(12))
                .hasValue("train.kernel is 4, needs an odd number");
        assertThat(new Tcn(List.of(8, 8), 3, 8, Activation.RELU).problem(12)).isPresent();
        assertThat(new UNet2d(new Frame(1, 28, 28), List.of(8, 8), 2, Activation.RELU).problem(784))
                .isEmpty();
        assertThat(new UNet2d(new Frame(1, 28, 28), List.of(8, 8, 8), 2, Activation.RELU).problem(784))
                .hasValue(
                        "train.frame is [1, 28, 28], train.network unet-2d with 3 levels and patch 2 needs height and width to be"
                                + " multiples of 8");
    }

    @Test
    void a_latent_size_stands_in_the_middle_of_a_dense_network() {
        assertThat(Dense.around(List.of(512, 128), 64)).containsExactly(512, 128, 64, 128, 512);
    }

    /** Bai et al. (2018), section 3: what two convolutions per block reach, as their dilation doubles. */
    @Test
    void a_temporal_convolution_sees_as_far_as_its_dilations_reach() {
        Tcn network = new Tcn(List.of(2, 2, 2), 3, 1, Activation.TANH);
        // 3 blocks of 2 convolutions: 2 · (1 + 2 + 4) to either side, and 4 kernels of 7 around them
        int reach = 2 * (1 + 2 + 4) + 4 * 3;
        Autoencoder autoencoder = new Autoencoder(
                network,
                List.of("a"),
                128,
                Floats.of(0),
                Floats.of(1),
                Scaling.DEVIATION,
                new Ends(Ends.Normalisation.NONE, Ends.Output.LINEAR));

        try (TorchOps ops = TorchOps.seeded(2)) {
            float[] quiet = ofImpulse(autoencoder, ops, 0);
            float[] struck = ofImpulse(autoencoder, ops, 1);

            assertThat(struck[64 + reach - 2]).isNotEqualTo(quiet[64 + reach - 2]);
            assertThat(struck[64 - reach + 2]).isNotEqualTo(quiet[64 - reach + 2]);
            assertThat(struck[64 + reach + 1]).isEqualTo(quiet[64 + reach + 1]);
            assertThat(struck[64 - reach - 1]).isEqualTo(quiet[64 - reach - 1]);
        }
    }

    private static float[] ofImpulse(Autoencoder autoencoder, TorchOps ops, float height) {
        float[] x = new float[128];
        float[] all = new float[128];
        Arrays.fill(x, 0.3f);
        Arrays.fill(all, 1);
        x[64] += height;
        return Torch.inferring(
                () -> Torch.array(autoencoder.clean(ops, Torch.tensor(x, 1, 1, 128), Torch.tensor(all, 1, 1, 128))));
    }
}
