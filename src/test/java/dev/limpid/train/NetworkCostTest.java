package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkCostTest {
    @Test
    void a_dense_network_costs_a_multiply_add_per_weight() {
        CostOps ops = cost(new Dense(List.of(512, 64, 512)), 784, Ends.Normalisation.NONE);

        assertThat(ops.multiplyAdds()).isEqualTo(2L * (784 * 512 + 512 * 64));
        assertThat(ops.parameters()).isEqualTo(ops.multiplyAdds() + 512 + 64 + 512 + 784);
    }

    @Test
    void a_convolution_costs_its_weights_at_every_place() {
        // 1 to 2 channels at 32 places, four convolutions of 5, 2 to 8 channels, then at full rate 9 to 16 to 1
        CostOps ops = cost(new UNet(List.of(2), 2), 64, Ends.Normalisation.NONE);

        assertThat(ops.multiplyAdds())
                .isEqualTo(32L * (2 * 4)
                        + 32L * 4 * (2 * 2 * 5)
                        + 32L * (2 * 8 * 4)
                        + 64L * (9 * 16 * 7)
                        + 64L * (16 * 7));
    }

    @ParameterizedTest
    @MethodSource("dev.limpid.train.NetworkTest#networks")
    void shapes_and_parameters_are_those_that_torch_finds(Network network) {
        Autoencoder autoencoder = autoencoder(network);
        CostOps ops = new CostOps();

        int[] out = autoencoder.clean(ops, new int[] {1, 2, 32}, new int[] {1, 2, 32});

        assertThat(out).containsExactly(1, 2, 32);
        try (TorchOps torch = TorchOps.seeded(1)) {
            Torch.inferring(() -> autoencoder
                    .clean(torch, Torch.tensor(new float[64], 1, 2, 32), Torch.tensor(new float[64], 1, 2, 32))
                    .dim());
            assertThat(ops.parameters())
                    .isEqualTo(torch.values().values().stream()
                            .mapToLong(values -> values.length)
                            .sum());
        }
    }

    @Test
    void what_a_model_will_cost_is_known_before_it_is_trained() throws Exception {
        TrainSpec spec = Toy.spec(Toy.unet(), 2, 1);

        NetworkCost cost = NetworkCost.of(Toy.data(2), spec);
        TrainedModel model = Trainer.train(Toy.data(2), spec, TrainingListener.NONE);

        assertThat(cost.parameters()).isEqualTo(model.parameters());
        assertThat(cost.windowsPerSecond()).isGreaterThan(10);
        assertThat(cost.phrase())
                .contains(" parameters, ", " multiply-adds per window, about ", " windows/s on one core");
    }

    private static CostOps cost(Network network, int length, Ends.Normalisation normalisation) {
        Autoencoder autoencoder = new Autoencoder(
                network,
                List.of("a"),
                length,
                Floats.of(0),
                Floats.of(1),
                Scaling.DEVIATION,
                new Ends(normalisation, Ends.Output.LINEAR));
        CostOps ops = new CostOps();
        autoencoder.clean(ops, new int[] {1, 1, length}, new int[] {1, 1, length});
        return ops;
    }

    private static Autoencoder autoencoder(Network network) {
        return new Autoencoder(network, List.of("a", "b"), 32, Floats.of(0, 0), Floats.of(1, 1));
    }
}
