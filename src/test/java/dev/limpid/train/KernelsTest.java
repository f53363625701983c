package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private static final int BATCH = 4;
    private static final int TIME = 16;
    private static final int KERNEL = 3;

    private static float[] drawn(int size, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    @Test
    void a_convolution_and_its_gradient_are_those_of_the_definition_for_any_number_of_channels() {
        for (int channels : new int[] {4, 6, 8, 9, 16, 24, 33}) {
            // Given y[b][o][t] = sum of w[o][i][k] x[b][i][t + k - 1], and the sum of all y
            float[] x = drawn(BATCH * channels * TIME, 1);
            float[] w = drawn(channels * channels * KERNEL, 2);
            float[] y = new float[BATCH * channels * TIME];
            float[] gradient = new float[x.length];
            for (int b = 0; b < BATCH; b++) {
                for (int o = 0; o < channels; o++) {
                    for (int i = 0; i < channels; i++) {
                        for (int t = 0; t < TIME; t++) {
                            for (int k = Math.max(0, 1 - t); k < Math.min(KERNEL, TIME + 1 - t); k++) {
                                float weight = w[(o * channels + i) * KERNEL + k];
                                int at = (b * channels + i) * TIME + t + k - 1;
                                y[(b * channels + o) * TIME + t] += weight * x[at];
                                gradient[at] += weight;
                            }
                        }
                    }
                }
            }

            // When
            Torch.start();
            float[][] of = Torch.scoped(() -> {
                Tensor in = Torch.tensor(x, BATCH, x.length / (BATCH * TIME), TIME);
                in.set_requires_grad(true);
                int size = (int) in.size(1);
                Tensor weight = Torch.tensor(w, size, size, KERNEL);
                weight.set_requires_grad(true);
                Tensor out = torch.conv1d(
                        in, weight, new TensorOptional(), new long[] {1}, new long[] {1}, new long[] {1}, 1);
                out.sum().backward();
                return new float[][] {Torch.array(out), Torch.array(in.grad())};
            });

            // Then
            assertThat(Kernels.difference(of[0], y)).as("%d channels", channels).isLessThan(1e-5);
            assertThat(Kernels.difference(of[1], gradient))
                    .as("gradient, %d channels", channels)
                    .isLessThan(1e-5);
        }
    }

    @Test
    void what_is_no_number_is_infinitely_far_off() {
        // Given
        float[] right = {1, -2};

        // Then
        assertThat(Kernels.difference(new float[] {1, -1}, right)).isEqualTo(0.5);
        assertThat(Kernels.difference(new float[] {Float.NaN, -2}, right)).isInfinite();
        assertThat(Kernels.difference(new float[] {1, Float.NaN}, right)).isInfinite();
    }

    @Test
    void the_digest_is_the_same_each_time_and_its_phrase_says_what_was_asked_for() {
        // Given
        Kernels here = Torch.start();

        // Then
        assertThat(Kernels.choose("Zen").digest()).isEqualTo(here.digest());
        assertThat(Kernels.choose("Zen").phrase()).contains("(OPENBLAS_CORETYPE Zen, with");
        assertThat(Kernels.choose("").phrase()).contains("kernels " + here.digest(), "not set");
    }
}
