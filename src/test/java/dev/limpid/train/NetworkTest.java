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
                new Network.Dense(List.of(20)),
                new Network.Dense(List.of(20, 8, 20)),
                new Network.UNet(List.of(6), 1),
                new Network.UNet(List.of(4, 6), 2),
                new Network.UNet(List.of(4, 6, 8), 4));
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
        assertThat(new Network.UNet(List.of(8, 8, 8), 4).problem(512)).isEmpty();
        assertThat(new Network.UNet(List.of(8, 8, 8), 4).problem(500))
                .hasValue("window.length is 500, train.network unet with 3 levels and patch 4 needs a multiple of 16");
        assertThat(new Network.UNet(List.of(8), 3).problem(9)).isPresent();
        assertThat(new Network.UNet(List.of(), 2).problem(8)).isPresent();
        assertThat(new Network.Dense(List.of(0)).problem(8)).isPresent();
    }
}
