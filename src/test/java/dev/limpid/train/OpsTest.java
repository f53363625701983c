package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.train.Ops.Init;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive computes the same in torch and in ONNX Runtime. */
class OpsTest {
    private static final int[] SIGNAL = {3, 4, 16};
    private static final int[] VECTOR = {3, 5};
    private static final int[] FRAME = {3, 4, 48};

    @ParameterizedTest(name = "{0}")
    @MethodSource("primitives")
    void torch_and_onnx_runtime_compute_the_same(String name, OnnxRun.Forward forward, boolean positive, int[][] shapes)
            throws Exception {
        OnnxRun.Outputs outputs = OnnxRun.both(forward, positive, shapes);

        assertThat(outputs.onnx()).hasSameSizeAs(outputs.torch());
        assertThat(outputs.torch()).doesNotContain(Float.NaN);
        for (int i = 0; i < outputs.torch().length; i++) {
            assertThat(outputs.onnx()[i]).as("value %d", i).isCloseTo(outputs.torch()[i], within(1e-5f));
        }
    }

    static Stream<Arguments> primitives() {
        return Stream.of(
                unary(
                        "linear",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 5, 7, 5);
                                return ops.linear(in.get(0), weight, ops.param("b", Init.KAIMING, 5, 7));
                            }
                        },
                        VECTOR),
                unary(
                        "conv",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 20, 6, 4, 5);
                                return ops.conv(in.get(0), weight, ops.param("b", Init.KAIMING, 20, 6), 1, 2);
                            }
                        },
                        SIGNAL),
                unary(
                        "conv with stride",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.SMALL, 32, 6, 4, 8);
                                return ops.conv(in.get(0), weight, ops.param("b", Init.KAIMING, 32, 6), 4, 2);
                            }
                        },
                        SIGNAL),
                unary(
                        "transposed conv",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 8, 4, 6, 4);
                                return ops.convTranspose(in.get(0), weight, ops.param("b", Init.KAIMING, 8, 6), 2, 1);
                            }
                        },
                        SIGNAL),
                unary(
                        "conv with dilation",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 12, 6, 4, 3);
                                return ops.conv(in.get(0), weight, ops.param("b", Init.KAIMING, 12, 6), 1, 4, 4);
                            }
                        },
                        SIGNAL),
                unary(
                        "two-dimensional conv, with and without stride",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V frame = ops.reshape(in.get(0), 4, 6, 8);
                                V same = ops.conv2d(
                                        frame,
                                        ops.param("w", Init.KAIMING, 36, 5, 4, 3, 3),
                                        ops.param("b", Init.KAIMING, 36, 5),
                                        1,
                                        1);
                                V half = ops.conv2d(
                                        ops.relu(same),
                                        ops.param("v", Init.KAIMING, 80, 4, 5, 4, 4),
                                        ops.param("c", Init.KAIMING, 80, 4),
                                        2,
                                        1);
                                return ops.concat(List.of(ops.reshape(same, 240), ops.reshape(half, 48)));
                            }
                        },
                        FRAME),
                unary(
                        "two-dimensional transposed conv",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 16, 4, 3, 4, 4);
                                V bias = ops.param("b", Init.KAIMING, 16, 3);
                                return ops.convTranspose2d(ops.reshape(in.get(0), 4, 6, 8), weight, bias, 2, 1);
                            }
                        },
                        FRAME),
                unary(
                        "max pooling",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                return ops.maxPool2d(ops.reshape(in.get(0), 4, 6, 8), 2);
                            }
                        },
                        FRAME),
                unary(
                        "leaky relu, gelu and tanh, plain and of a convolution",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V x = in.get(0);
                                V weight = ops.param("w", Init.KAIMING, 12, 4, 4, 3);
                                V conv = ops.conv(x, weight, ops.param("b", Init.ZEROS, 12, 4), 1, 1);
                                return ops.concat(List.of(
                                        ops.leakyRelu(x),
                                        ops.gelu(x),
                                        ops.tanh(x),
                                        ops.leakyRelu(conv),
                                        ops.gelu(conv),
                                        ops.tanh(conv)));
                            }
                        },
                        SIGNAL),
                unary(
                        "relu, abs and clip",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V x = in.get(0);
                                return ops.concat(List.of(ops.relu(x), ops.abs(x), ops.clip(x, -0.5f, 0.75f)));
                            }
                        },
                        SIGNAL),
                positive(
                        "sqrt",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                return ops.sqrt(in.get(0));
                            }
                        },
                        SIGNAL),
                positive(
                        "add, sub, mul and div, broadcast over channel and time",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V x = in.get(0);
                                V perWindow = in.get(1);
                                V perChannel = ops.constant("c", new float[] {1, 2, 3, 4}, 1, 4, 1);
                                return ops.concat(List.of(
                                        ops.add(x, perWindow),
                                        ops.sub(x, perChannel),
                                        ops.mul(x, perWindow),
                                        ops.div(x, perChannel)));
                            }
                        },
                        SIGNAL,
                        new int[] {3, 4, 1}),
                unary(
                        "sigmoid, plain and of a convolution",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V weight = ops.param("w", Init.KAIMING, 12, 4, 4, 3);
                                V conv = ops.conv(in.get(0), weight, ops.param("b", Init.ZEROS, 12, 4), 1, 1);
                                return ops.concat(List.of(ops.sigmoid(in.get(0)), ops.sigmoid(conv)));
                            }
                        },
                        SIGNAL),
                unary(
                        "sum over time",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                return ops.sumLast(in.get(0));
                            }
                        },
                        SIGNAL),
                unary(
                        "sort and slice over time",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V x = in.get(0);
                                V steps = ops.sub(ops.slice(x, 1, 16), ops.slice(x, 0, 15));
                                return ops.concat(List.of(ops.sortLast(steps, 15), ops.slice(x, 1, 16)));
                            }
                        },
                        SIGNAL),
                unary(
                        "reshape",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                return ops.reshape(in.get(0), 8, 8);
                            }
                        },
                        SIGNAL),
                unary(
                        "plain values meet the outcome of a convolution",
                        new OnnxRun.Forward() {
                            @Override
                            public <V> V of(Ops<V> ops, List<V> in) {
                                V x = in.get(0);
                                V weight = ops.param("w", Init.SMALL, 12, 4, 4, 3);
                                V conv = ops.conv(x, weight, ops.param("b", Init.ZEROS, 12, 4), 1, 1);
                                V both = ops.mul(ops.add(ops.relu(conv), conv), ops.sumLast(x));
                                return ops.concat(List.of(both, conv, ops.abs(conv), ops.reshape(conv, 4, 16), x));
                            }
                        },
                        SIGNAL));
    }

    private static Arguments unary(String name, OnnxRun.Forward forward, int[]... shapes) {
        return Arguments.of(name, forward, false, shapes);
    }

    private static Arguments positive(String name, OnnxRun.Forward forward, int[]... shapes) {
        return Arguments.of(name, forward, true, shapes);
    }
}
