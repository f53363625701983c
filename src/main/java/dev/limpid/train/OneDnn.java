package dev.limpid.train;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Whether to leave convolutions to oneDNN, to which libtorch gives them: there they take a third to nine tenths of the time. But on some
 * processors (seen with libtorch 2.10 on AMD's of family 26) those of some shapes are wrong by as much as the values themselves,
 * forwards and backwards, or not even numbers. So a few are compared with libtorch's own in double precision first, those among them that went
 * wrong there.
 */
final class OneDnn {
    /** Above what single precision explains, and far below what was seen. */
    private static final double TOLERANCE = 1e-3;

    private static final int WINDOWS = 16;

    private static final Shape[] SHAPES = {
        new Shape(24, 24, 5, 1, 256),
        new Shape(24, 32, 4, 2, 256),
        new Shape(16, 8, 7, 1, 512),
        new Shape(16, 1, 7, 1, 512),
        new Shape(14, 16, 7, 1, 512),
        new Shape(48, 48, 4, 2, 32),
        new Shape(32, 32, 5, 1, 128)
    };

    private OneDnn() {}

    /** A convolution of windows of {@code length} samples. */
    private record Shape(int in, int out, int kernel, int stride, int length) {
        Tensor of(Tensor x, Tensor weight) {
            long[] pad = {(kernel - 1) / 2};
            return torch.conv1d(x, weight, new TensorOptional(), new long[] {stride}, pad, new long[] {1}, 1);
        }
    }

    /**
     * Keeps oneDNN where it is right, else turns it off for the process. NNPACK, which would be next, goes with it: it prints a
     * line at each convolution on processors that it doesn't know.
     */
    static void settle() {
        if (!right()) {
            torch.globalContext().setUserEnabledMkldnn(false);
            torch.globalContext().setUserEnabledNNPACK(false);
        }
    }

    private static boolean right() {
        SplittableRandom random = new SplittableRandom(1);
        for (Shape shape : SHAPES) {
            if (!Torch.scoped(() -> right(shape, random))) {
                return false;
            }
        }
        return true;
    }

    private static boolean right(Shape shape, SplittableRandom random) {
        Tensor x = drawn(random, WINDOWS, shape.in, shape.length);
        Tensor weight = drawn(random, shape.out, shape.in, shape.kernel);
        Tensor y = shape.of(x, weight);
        y.mul(y.detach()).sum().backward();

        Tensor exactX = exact(x);
        Tensor exactWeight = exact(weight);
        Tensor exactY = shape.of(exactX, exactWeight);
        exactY.mul(exactY.detach()).sum().backward();
        return near(y, exactY) && near(x.grad(), exactX.grad()) && near(weight.grad(), exactWeight.grad());
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

    /** False also for what is not a number. */
    private static boolean near(Tensor found, Tensor wanted) {
        Tensor error = found.detach().to(torch.ScalarType.Double).sub(wanted.detach());
        return error.norm().item_double() <= TOLERANCE * wanted.detach().norm().item_double();
    }
}
