package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.signal.Floats;
import dev.limpid.train.Ends.Output;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {
    @Test
    void the_distance_is_the_mean_over_the_maps_of_the_squared_difference_over_the_clean_ones_mean_square() {
        // Given: every weight of every map is one value, so the maps can be told by hand
        float[] weight = {0.1f, 0.02f, 0.003f};
        FeatureSpace space = new FeatureSpace(network(), even(weight));
        float[] clean = new float[64];
        float[] target = new float[64];
        for (int i = 0; i < 64; i++) {
            clean[i] = i;
            target[i] = 64 - i % 7;
        }

        // When
        double distance = distance(space, clean, target);

        // Then
        float[][] found = maps(clean, weight);
        float[][] wanted = maps(target, weight);
        double expected = 0;
        for (int map = 0; map < 3; map++) {
            double difference = 0;
            double square = 0;
            for (int i = 0; i < found[map].length; i++) {
                difference += Math.pow(found[map][i] - wanted[map][i], 2);
                square += Math.pow(wanted[map][i], 2);
            }
            expected += difference / square / 3;
        }
        assertThat(expected).isGreaterThan(0.05);
        assertThat(distance).isCloseTo(expected, within(1e-5 * expected));
    }

    @Test
    void the_distance_of_equal_frames_is_zero_and_grows_with_blur() throws Exception {
        // Given
        FeatureSpace space = fitted(10);
        float[] bar = new float[64];
        for (int i = 0; i < 8; i++) {
            bar[8 * i + 3] = 1;
        }

        // When: the bar goes over into its mean of 3 by 3
        float[] blur = sums(bar, 8, 1, 3, 1, 1 / 9f);
        for (int i = 0; i < 64; i++) {
            blur[i] -= bar[i];
        }
        double little = distance(space, moved(bar, blur, 0.25), bar);
        double more = distance(space, moved(bar, blur, 0.5), bar);
        double most = distance(space, moved(bar, blur, 1), bar);

        // Then
        assertThat(distance(space, bar, bar)).isZero();
        assertThat(little).isGreaterThan(1e-3);
        assertThat(more).isGreaterThan(2 * little);
        assertThat(most).isGreaterThan(2 * more);
    }

    @Test
    void its_gradient_is_that_of_finite_differences_and_its_weight_a_factor() throws Exception {
        // Given: two frames, and a direction to go in
        FeatureSpace space = fitted(10);
        SplittableRandom random = new SplittableRandom(5);
        float[] clean = new float[128];
        float[] direction = new float[128];
        TrainingBatch batch = new TrainingBatch(2, 1, 64);
        for (int i = 0; i < 128; i++) {
            clean[i] = (float) random.nextDouble(0.1, 0.9);
            direction[i] = random.nextBoolean() ? 1 : -1;
            batch.target[i] = (float) random.nextDouble();
        }
        batch.weight[0] = 1;
        batch.weight[1] = 1;
        Grading pixels = new Grading(new Loss(new Loss.Squared(), 0, 3, List.of()), Objective.SQUARE, new float[] {1});
        Grading both = pixels.with(space);

        // When
        double along = 0;
        float[] gradient = gradient(both, clean, batch);
        for (int i = 0; i < 128; i++) {
            along += gradient[i] * direction[i];
        }

        // Then
        double step = 1e-3;
        double difference =
                (of(both, moved(clean, direction, step), batch) - of(both, moved(clean, direction, -step), batch))
                        / (2 * step);
        assertThat(Math.abs(along)).isGreaterThan(1e-2);
        assertThat(along).isCloseTo(difference, within(0.01 * Math.abs(difference)));
        assertThat(of(both, clean, batch) - of(pixels, clean, batch))
                .isCloseTo(3 * distance(space, clean, batch.target), within(1e-5));
    }

    private static FeatureSpace fitted(int steps) throws Exception {
        TrainSpec spec = Bars.spec(1).with(Bars.spec(1).schedule().withSteps(2 * steps));
        Autoencoder autoencoder = Trainer.autoencoder(Bars.data(), spec);
        return FeatureSpace.fitted(Bars.data(), spec, autoencoder, TrainingListener.NONE, Optional.empty(), "");
    }

    private static FeatureNetwork network() {
        return new FeatureNetwork(Bars.FRAME, Floats.of(0f), Floats.of(1f), Output.SIGMOID);
    }

    /** Weights of one value per map, without bias. */
    private static Map<String, float[]> even(float[] weight) {
        return Map.of(
                "full.weight",
                filled(16 * 9, weight[0]),
                "full.bias",
                new float[16],
                "half.weight",
                filled(32 * 16 * 16, weight[1]),
                "half.bias",
                new float[32],
                "quarter.weight",
                filled(64 * 32 * 16, weight[2]),
                "quarter.bias",
                new float[64]);
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    /** One plane of each of the three maps of {@link #even}, by the definition. */
    private static float[][] maps(float[] x, float[] weight) {
        float[] full = sums(x, 8, 1, 3, 1, weight[0]);
        float[] half = sums(full, 8, 16, 4, 2, weight[1]);
        return new float[][] {full, half, sums(half, 4, 32, 4, 2, weight[2])};
    }

    private static float[] sums(float[] x, int size, int planes, int kernel, int stride, float weight) {
        int out = size / stride;
        float[] sums = new float[out * out];
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < out; column++) {
                double sum = 0;
                for (int i = row * stride - 1; i < row * stride - 1 + kernel; i++) {
                    for (int k = column * stride - 1; k < column * stride - 1 + kernel; k++) {
                        sum += i >= 0 && i < size && k >= 0 && k < size ? x[i * size + k] : 0;
                    }
                }
                sums[row * out + column] = (float) (Math.max(0, sum * weight * planes));
            }
        }
        return sums;
    }

    private static float[] moved(float[] x, float[] direction, double step) {
        float[] moved = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            moved[i] = (float) (x[i] + step * direction[i]);
        }
        return moved;
    }

    private static double distance(FeatureSpace space, float[] clean, float[] target) {
        Torch.start();
        int frames = clean.length / 64;
        return Torch.inferring(
                () -> (double) space.distance(Torch.tensor(clean, frames, 1, 64), Torch.tensor(target, frames, 1, 64))
                        .item_float());
    }

    private static double of(Grading grading, float[] clean, TrainingBatch batch) {
        return Torch.inferring(
                () -> (double) grading.of(Torch.tensor(clean, 2, 1, 64), batch).item_float());
    }

    private static float[] gradient(Grading grading, float[] clean, TrainingBatch batch) {
        return Torch.scoped(() -> {
            Tensor x = Torch.tensor(clean, 2, 1, 64).set_requires_grad(true);
            grading.of(x, batch).backward();
            return Torch.array(x.grad());
        });
    }
}
