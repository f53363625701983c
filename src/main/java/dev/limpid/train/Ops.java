package dev.limpid.train;

import java.util.List;
import java.util.function.Supplier;

/**
 * The operators a network may be written in. A network has one forward, written against this interface; {@link TorchOps}
 * computes it (and its gradient), {@link OnnxOps} writes it down as a graph, so the two cannot drift apart.
 *
 * <p>All values are float32; binary operators broadcast as NumPy does. {@code B} is the batch axis, of unknown size.
 *
 * <p>Only operators whose answer for a window is the same bytes in every batch: ONNX Runtime's {@code Log} is not among them,
 * for it takes several values at a time and the rest one by one, with other last bits.
 *
 * @param <V> what stands for a tensor
 */
interface Ops<V> {
    /** How a parameter starts. */
    enum Init {
        /** Uniform within ±√(6 / fan-in): keeps the variance through a ReLU (He et al. 2015). */
        KAIMING,
        /** Three tenths of {@link #KAIMING}: the last convolution of a residual block. */
        SMALL,
        ZEROS
    }

    /** A trained tensor; the same name always gives the same one. */
    V param(String name, Init init, int fanIn, int... shape);

    /** A fixed tensor; the same name always gives the same one. */
    V constant(String name, float[] values, int... shape);

    /** {@code x [B, in]}, {@code weight [out, in]}, {@code bias [out]} to {@code [B, out]}. */
    V linear(V x, V weight, V bias);

    /** {@code x [B, in, T]}, {@code weight [out, in, k]}, {@code bias [out]} to {@code [B, out, (T + 2·pad - k) / stride + 1]}. */
    default V conv(V x, V weight, V bias, int stride, int pad) {
        return conv(x, weight, bias, stride, pad, 1);
    }

    /** The same with a kernel whose positions lie {@code dilation} samples apart: it reaches over {@code dilation · (k - 1) + 1}. */
    V conv(V x, V weight, V bias, int stride, int pad, int dilation);

    /** {@code x [B, in, T]}, {@code weight [in, out, k]}, {@code bias [out]} to {@code [B, out, (T - 1)·stride - 2·pad + k]}. */
    V convTranspose(V x, V weight, V bias, int stride, int pad);

    /**
     * {@code x [B, in, H, W]}, {@code weight [out, in, k, k]}, {@code bias [out]} to {@code [B, out, H', W']}, both as T in
     * {@link #conv}.
     */
    V conv2d(V x, V weight, V bias, int stride, int pad);

    /**
     * {@code x [B, in, H, W]}, {@code weight [in, out, k, k]}, {@code bias [out]} to {@code [B, out, H', W']}, both as T in
     * {@link #convTranspose}.
     */
    V convTranspose2d(V x, V weight, V bias, int stride, int pad);

    /** {@code x [B, C, H, W]} to {@code [B, C, H / size, W / size]}: the greatest value of each square. */
    V maxPool2d(V x, int size);

    /** What an interpreter may tell of a window beside its result, {@code [B, size]}; only computed if it wants it. */
    default void latent(int size, Supplier<V> vector) {}

    V add(V a, V b);

    V sub(V a, V b);

    V mul(V a, V b);

    V div(V a, V b);

    V relu(V x);

    /** {@code x} where it is positive, else a hundredth of it. */
    V leakyRelu(V x);

    /** {@code x (1 + erf(x / √2)) / 2}. */
    V gelu(V x);

    V tanh(V x);

    /** 1 / (1 + e^-x). */
    V sigmoid(V x);

    V abs(V x);

    V sqrt(V x);

    /** Each value, but at least {@code low} and at most {@code high}. */
    V clip(V x, float low, float high);

    /** The sum over the last axis, which stays with size 1. */
    V sumLast(V x);

    /** The values of the last axis, which is {@code size} long, in descending order. No gradient is needed through it. */
    V sortLast(V x, int size);

    /** Positions {@code from} to {@code to}, exclusive, of the last axis. */
    V slice(V x, int from, int to);

    /** {@code parts} one behind the other on axis 1. */
    V concat(List<V> parts);

    /** The same values as {@code [B, shape…]}. */
    V reshape(V x, int... shape);
}
