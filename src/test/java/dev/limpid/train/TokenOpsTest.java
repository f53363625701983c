package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.limpid.train.Ops.Init;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive of tokens computes the same in torch and in ONNX Runtime, and its shape is what the cost is counted with. */
class TokenOpsTest {
    private static final int WINDOWS = 3;
    private static final int LENGTH = 5;
    private static final int WIDTH = 4;
    private static final int IDS = 7;

    /** Something that all interpreters can compute: of {@code x [B, T, width]} and {@code ids [B, T]}. */
    interface Forward {
        <V> V of(TokenOps<V> ops, V x, V ids);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("primitives")
    void torch_onnx_runtime_and_the_cost_agree(String name, Forward forward) throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(7);
        float[] x = new float[WINDOWS * LENGTH * WIDTH];
        long[] ids = new long[WINDOWS * LENGTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (random.nextDouble() * 4 - 2);
        }
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.nextInt(IDS);
        }

        // When
        float[] torch;
        Map<String, float[]> weights;
        try (TorchTokenOps ops = TorchTokenOps.seeded(3)) {
            torch = Torch.inferring(() -> Torch.array(
                    forward.of(ops, Torch.tensor(x, WINDOWS, LENGTH, WIDTH), Torch.whole(ids, WINDOWS, LENGTH))));
            weights = ops.values();
        }
        float[] onnx = onnx(forward, weights, x, ids);
        int[] shape = forward.of(new TokenCostOps(), new int[] {1, LENGTH, WIDTH}, new int[] {1, LENGTH});

        // Then
        assertThat(torch).doesNotContain(Float.NaN);
        assertThat(Weights.size(shape) * WINDOWS).isEqualTo(torch.length);
        assertThat(onnx).hasSameSizeAs(torch);
        for (int i = 0; i < torch.length; i++) {
            assertThat(onnx[i]).as("value %d", i).isCloseTo(torch[i], within(1e-5f));
        }
    }

    private static float[] onnx(Forward forward, Map<String, float[]> weights, float[] x, long[] ids) throws Exception {
        OnnxTokenOps ops = new OnnxTokenOps(weights);
        ops.graph()
                .setName("test")
                .addInput(OnnxFile.tensor("x", LENGTH, WIDTH))
                .addInput(TokenGraph.info("ids", DataType.INT64, LENGTH))
                .addOutput(ValueInfoProto.newBuilder()
                        .setName("out")
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))));
        ops.output(forward.of(ops, "x", "ids"), "out");
        byte[] bytes = ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOps.OPSET))
                .setGraph(ops.graph())
                .build()
                .toByteArray();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(bytes);
                OnnxTensor numbers =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {WINDOWS, LENGTH, WIDTH});
                OnnxTensor tokens =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {WINDOWS, LENGTH});
                OrtSession.Result result = session.run(Map.of("x", numbers, "ids", tokens))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] out = new float[values.remaining()];
            values.get(out);
            return out;
        }
    }

    static Stream<Arguments> primitives() {
        return Stream.of(
                primitive("embed", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.embed(ids, ops.param("table", Init.KAIMING, 6, IDS, 3));
                    }
                }),
                primitive("real, and counts with more ids than columns and with fewer", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.concat(List.of(ops.real(ids), ops.counts(ids, 4), ops.counts(ids, 16)));
                    }
                }),
                primitive("a column's value, with more ids than columns and with fewer", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        V few = ops.reshape(ops.slice(x, 0, 1), LENGTH);
                        V many = ops.concat(List.of(few, few));
                        return ops.concat(List.of(ops.columnAt(few, ids, LENGTH), ops.columnAt(many, ids, 2 * LENGTH)));
                    }
                }),
                primitive("pick, of values and of logarithms of a softmax", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        V wide = ops.matmul(x, ops.param("w", Init.KAIMING, WIDTH, WIDTH, IDS));
                        return ops.concat(
                                List.of(ops.pickLast(wide, ids), ops.pickLast(ops.logSoftmaxLast(wide), ids)));
                    }
                }),
                primitive("the greatest value and its place", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.concat(List.of(ops.real(ops.argMaxLast(x)), ops.reshape(ops.maxLast(x), LENGTH)));
                    }
                }),
                primitive("choose", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        V flags = ops.reshape(ops.slice(x, 0, 1), LENGTH);
                        V numbers = ops.choose(flags, ops.real(ids), ops.reshape(ops.maxLast(x), LENGTH));
                        return ops.concat(List.of(ops.real(ops.choose(flags, ids, ops.argMaxLast(x))), numbers));
                    }
                }),
                primitive("softmax", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.softmaxLast(x);
                    }
                }),
                primitive("products with a matrix and window by window", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        V wide = ops.matmul(x, ops.param("w", Init.KAIMING, WIDTH, WIDTH, 6));
                        return ops.matmul(ops.permute(x, 0, 2, 1), wide);
                    }
                }),
                primitive("layer norm", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.layerNorm(
                                x,
                                ops.param("gain", Init.KAIMING, WIDTH, WIDTH),
                                ops.param("bias", Init.KAIMING, WIDTH, WIDTH));
                    }
                }),
                primitive("permute", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        return ops.permute(ops.reshape(x, LENGTH, 2, 2), 0, 3, 1, 2);
                    }
                }),
                primitive("convolution, dilated, pointwise and with stride", new Forward() {
                    @Override
                    public <V> V of(TokenOps<V> ops, V x, V ids) {
                        V in = ops.permute(x, 0, 2, 1);
                        V dilated = ops.conv(
                                in,
                                ops.param("w", Init.KAIMING, 12, 6, WIDTH, 3),
                                ops.param("b", Init.KAIMING, 12, 6),
                                1,
                                2,
                                2);
                        V pointwise = ops.conv(
                                dilated,
                                ops.param("v", Init.KAIMING, 6, 3, 6, 1),
                                ops.param("c", Init.KAIMING, 6, 3),
                                1,
                                0);
                        V strided = ops.conv(
                                in,
                                ops.param("u", Init.KAIMING, 12, 2, WIDTH, 3),
                                ops.param("d", Init.KAIMING, 12, 2),
                                2,
                                1);
                        List<V> parts = new ArrayList<>();
                        parts.add(ops.reshape(pointwise, 3 * LENGTH));
                        parts.add(ops.reshape(strided, 2 * 3));
                        return ops.concat(parts);
                    }
                }));
    }

    private static Arguments primitive(String name, Forward forward) {
        return Arguments.of(name, forward);
    }
}
