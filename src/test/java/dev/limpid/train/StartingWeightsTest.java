package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {
    @TempDir
    Path folder;

    private StartingWeights of(TrainedModel model) throws Exception {
        Path file = folder.resolve("before.onnx");
        model.bytes().write(file);
        return StartingWeights.of(file, "toy:3@0123");
    }

    private static double gainDb(TrainedModel model) {
        return model.metadata().metrics().get("heldOutSnrGainDb");
    }

    @Test
    void a_warm_start_is_as_good_in_a_tenth_of_the_steps_and_says_where_it_began() throws Exception {
        // Given
        TrainedModel before = Trainer.train(Toy.data(2), Toy.spec(Toy.unet(), 2, 300), TrainingListener.NONE);
        TrainSpec brief = Toy.spec(Toy.unet(), 2, 30);

        // When
        TrainedModel scratch = Trainer.train(Toy.data(2), brief, TrainingListener.NONE);
        TrainedModel warm = Trainer.train(Toy.data(2), brief, Optional.of(of(before)), TrainingListener.NONE);

        // Then
        assertThat(gainDb(warm)).isGreaterThanOrEqualTo(gainDb(before) - 0.1);
        assertThat(gainDb(scratch)).isLessThan(gainDb(before) - 2);
        assertThat(warm.metadata().training().corruption()).contains("started from the weights of toy:3@0123");
    }

    @Test
    void the_weights_of_a_model_are_those_in_its_file() throws Exception {
        // Given one step, whose look at the held-out part is no better than the one before it
        TrainedModel before = Trainer.train(Toy.data(1), Toy.spec(Toy.dense(), 1, 50), TrainingListener.NONE);

        // When nothing is learned, for the rate is next to none
        TrainSpec still = Toy.spec(Toy.dense(), 1, 1).with(new Schedule(1, 16, 1e-8, 0, 50, 10));
        TrainedModel after = Trainer.train(Toy.data(1), still, Optional.of(of(before)), TrainingListener.NONE);

        // Then
        assertThat(after.example().cleaned().toArray())
                .hasSameSizeAs(before.example().cleaned().toArray());
        for (int i = 0; i < after.example().cleaned().length(); i++) {
            assertThat(after.example().cleaned().at(i))
                    .isEqualTo(before.example().cleaned().at(i), within());
        }
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(1e-4f);
    }

    @Test
    void another_network_is_refused_with_what_differs() throws Exception {
        // Given
        StartingWeights weights = of(Trainer.train(Toy.data(1), Toy.spec(Toy.unet(), 1, 1), TrainingListener.NONE));

        // Then
        assertThat(weights.misfit(Toy.spec(Toy.unet(), 1, 5))).isEmpty();
        assertThat(weights.misfit(Toy.spec(Toy.dense(), 1, 5))).hasValueSatisfying(why -> assertThat(why)
                .startsWith("toy:3@0123 has another network than train.network asks for: '")
                .endsWith(" here"));
        assertThat(weights.misfit(Toy.spec(new UNet(List.of(8), 2), 1, 5))).isPresent();
        assertThat(weights.misfit(Toy.spec(new UNet(List.of(8, 16), 2), 1, 5))).isPresent();
        assertThatThrownBy(() -> Trainer.train(
                        Toy.data(1), Toy.spec(Toy.dense(), 1, 1), Optional.of(weights), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("has another network");
    }
}
