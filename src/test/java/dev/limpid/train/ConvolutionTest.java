package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libtorch, as it is set up here, against itself in double precision, where no library stands in for it. */
class ConvolutionTest {
    /** On AMD's processors of family 26 half of these are wrong through oneDNN in libtorch 2.10. */
    @ParameterizedTest(name = "{0} to {1} channels, kernel {2}, stride {3}, {4} samples")
    @CsvSource({
        "6, 16, 7, 1, 512", "16, 16, 5, 1, 512", "16, 24, 4, 2, 512", "24, 24, 5, 1, 256", "24, 32, 4, 2, 256",
                "32, 32, 4, 2, 128",
        "32, 48, 4, 2, 64", "48, 48, 5, 1, 32", "48, 48, 4, 2, 32", "16, 8, 7, 1, 512", "14, 16, 7, 1, 512",
                "16, 1, 7, 1, 512"
    })
    void a_convolution_and_its_gradients_are_right(int in, int out, int kernel, int stride, int length) {
        for (int windows : List.of(1, 3, 16, 64)) {
            double[] errors = Torch.scoped(() -> {
                TorchOps ops = TorchOps.seeded(1);
                SplittableRandom random = new SplittableRandom(windows);
                Tensor x = drawn(random, windows, in, length);
                Tensor weight = drawn(random, out, in, kernel);
                Tensor bias = drawn(random, out);
                Tensor y = ops.conv(x, weight, bias, stride, (kernel - 1) / 2);
                y.mul(y.detach()).sum().backward();
                Tensor exactX = exact(x);
                Tensor exactWeight = exact(weight);
                Tensor exactY = ops.conv(exactX, exactWeight, exact(bias), stride, (kernel - 1) / 2);
                exactY.mul(exactY.detach()).sum().backward();
                return new double[] {
                    error(y, exactY), error(x.grad(), exactX.grad()), error(weight.grad(), exactWeight.grad())
                };
            });
            assertThat(errors)
                    .as("output, its input's gradient, its weight's: %d windows", windows)
                    .satisfies(
                            all -> assertThat(List.of(all[0], all[1], all[2])).allMatch(one -> one < 1e-4));
        }
    }

    private static Tensor drawn(SplittableRandom random, int... shape) {
        float[] values = new float[Weights.size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Torch.tensor(values, shape).set_requires_grad(true);
    }

    private static Tensor exact(Tensor tensor) {
        return tensor.detach().to(torch.ScalarType.Double).set_requires_grad(true);
    }

    /** Relative to the size of {@code wanted}. */
    private static double error(Tensor found, Tensor wanted) {
        Tensor difference = found.detach().to(torch.ScalarType.Double).sub(wanted.detach());
        return difference.norm().item_double() / wanted.detach().norm().item_double();
    }
}
