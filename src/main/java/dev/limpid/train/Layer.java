package dev.limpid.train;

import dev.limpid.train.Ops.Init;
import java.util.List;

/** A piece of a network: a value that says what is computed, with one forward for every interpreter. */
sealed interface Layer {
    <V> V apply(Ops<V> ops, V x);

    /** {@code [B, in]} to {@code [B, out]}. */
    record Linear(String name, int in, int out) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            V weight = ops.param(name + ".weight", Init.KAIMING, in, out, in);
            return ops.linear(x, weight, ops.param(name + ".bias", Init.ZEROS, in, out));
        }
    }

    /** {@code [B, in, T]} to {@code [B, out, T / stride]}, with {@code pad} zeros at both ends. */
    record Conv(String name, int in, int out, int kernel, int stride, int pad, Init init) implements Layer {
        /** Keeps the time axis as it is; {@code kernel} is odd. */
        static Conv same(String name, int in, int out, int kernel, Init init) {
            return new Conv(name, in, out, kernel, 1, kernel / 2, init);
        }

        /** Shortens the time axis by {@code factor}: a kernel of twice the factor, or of 7 if the factor is 1. */
        static Conv down(String name, int in, int out, int factor) {
            return factor == 1
                    ? same(name, in, out, 7, Init.KAIMING)
                    : new Conv(name, in, out, 2 * factor, factor, factor / 2, Init.KAIMING);
        }

        @Override
        public <V> V apply(Ops<V> ops, V x) {
            V weight = ops.param(name + ".weight", init, in * kernel, out, in, kernel);
            return ops.conv(x, weight, ops.param(name + ".bias", Init.ZEROS, in, out), stride, pad);
        }
    }

    /** {@code [B, in, T]} to {@code [B, out, T · factor]}, the inverse shape of {@link Conv#down}; {@code factor} is 1 or even. */
    record Up(String name, int in, int out, int factor) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            if (factor == 1) {
                return Conv.same(name, in, out, 7, Init.KAIMING).apply(ops, x);
            }
            // every output sample is reached by two positions of the kernel
            V weight = ops.param(name + ".weight", Init.KAIMING, 2 * in, in, out, 2 * factor);
            V bias = ops.param(name + ".bias", Init.ZEROS, in, out);
            return ops.convTranspose(x, weight, bias, factor, factor / 2);
        }
    }

    /** {@code [B, width, T]} to the same, with a kernel whose positions lie {@code dilation} samples apart; {@code kernel} is odd. */
    record Dilated(String name, int width, int kernel, int dilation, Init init) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            V weight = ops.param(name + ".weight", init, width * kernel, width, width, kernel);
            V bias = ops.param(name + ".bias", Init.ZEROS, width, width);
            return ops.conv(x, weight, bias, 1, dilation * (kernel / 2), dilation);
        }
    }

    /** {@code [B, in, H, W]} to {@code [B, out, H / stride, W / stride]}, with {@code pad} zeros around. */
    record Conv2d(String name, int in, int out, int kernel, int stride, int pad, Init init) implements Layer {
        /** Keeps height and width as they are; {@code kernel} is odd. */
        static Conv2d same(String name, int in, int out, int kernel, Init init) {
            return new Conv2d(name, in, out, kernel, 1, kernel / 2, init);
        }

        /** Shortens both axes by {@code factor}: a kernel of twice the factor, or of 3 if the factor is 1. */
        static Conv2d down(String name, int in, int out, int factor) {
            return factor == 1
                    ? same(name, in, out, 3, Init.KAIMING)
                    : new Conv2d(name, in, out, 2 * factor, factor, factor / 2, Init.KAIMING);
        }

        @Override
        public <V> V apply(Ops<V> ops, V x) {
            V weight = ops.param(name + ".weight", init, in * kernel * kernel, out, in, kernel, kernel);
            return ops.conv2d(x, weight, ops.param(name + ".bias", Init.ZEROS, in, out), stride, pad);
        }
    }

    /** {@code [B, in, H, W]} to {@code [B, out, H · factor, W · factor]}, the inverse shape of {@link Conv2d#down}. */
    record Up2d(String name, int in, int out, int factor) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            if (factor == 1) {
                return Conv2d.same(name, in, out, 3, Init.KAIMING).apply(ops, x);
            }
            // every output pixel is reached by two positions of the kernel on each axis
            V weight = ops.param(name + ".weight", Init.KAIMING, 4 * in, in, out, 2 * factor, 2 * factor);
            V bias = ops.param(name + ".bias", Init.ZEROS, in, out);
            return ops.convTranspose2d(x, weight, bias, factor, factor / 2);
        }
    }

    /** {@code [B, C, H, W]} to {@code [B, C, H / size, W / size]}: the greatest value of each square stays. */
    record Pool2d(int size) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            return ops.maxPool2d(x, size);
        }
    }

    /** Passes {@code x} on, and tells of it as the window's latent vector: of planes {@code [B, size, H, W]} each one's mean. */
    record Latent(int size, int pixels) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            ops.latent(size, () -> {
                if (pixels == 1) {
                    return x;
                }
                V sums = ops.sumLast(ops.reshape(x, size, pixels));
                return ops.reshape(ops.mul(sums, ops.constant("per-pixel", new float[] {1f / pixels}, 1)), size);
            });
            return x;
        }
    }

    /** An activation, value by value. */
    record Activated(Activation activation) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            return activation.of(ops, x);
        }
    }

    /** The same values in another shape behind the batch axis. */
    record Reshape(List<Integer> shape) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            return ops.reshape(x, shape.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /** One layer after the other. */
    record Sequence(List<Layer> layers) implements Layer {
        static Sequence of(Layer... layers) {
            return new Sequence(List.of(layers));
        }

        @Override
        public <V> V apply(Ops<V> ops, V x) {
            V value = x;
            for (Layer layer : layers) {
                value = layer.apply(ops, value);
            }
            return value;
        }
    }

    /** {@code x + inner(x)}: a residual block, or a rung of a U-Net with everything below it. */
    record Residual(Layer inner) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            return ops.add(x, inner.apply(ops, x));
        }
    }

    /** {@code [inner(x), x]} on the channel axis: the last rung, where the input itself is at hand again. */
    record Beside(Layer inner) implements Layer {
        @Override
        public <V> V apply(Ops<V> ops, V x) {
            return ops.concat(List.of(inner.apply(ops, x), x));
        }
    }
}
