package dev.limpid.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** The same forward in torch and in ONNX Runtime, on drawn inputs. */
final class OnnxRun {
    private OnnxRun() {}

    /** Something that both interpreters can compute, of inputs {@code in0, in1, …}. */
    interface Forward {
        <V> V of(Ops<V> ops, List<V> inputs);
    }

    record Outputs(float[] torch, float[] onnx) {}

    /** @param shapes of the inputs, the batch axis first */
    static Outputs both(Forward forward, boolean positive, int[]... shapes) throws OrtException {
        SplittableRandom random = new SplittableRandom(7);
        List<float[]> inputs = Arrays.stream(shapes)
                .map(shape -> {
                    float[] values = new float[Weights.size(shape)];
                    for (int i = 0; i < values.length; i++) {
                        double drawn = random.nextDouble() * 4 - 2;
                        values[i] = (float) (positive ? Math.abs(drawn) + 0.1 : drawn);
                    }
                    return values;
                })
                .toList();
        Map<String, float[]> weights = new LinkedHashMap<>();
        float[] torch;
        try (TorchOps ops = TorchOps.seeded(3)) {
            torch = Torch.inferring(() -> {
                List<Tensor> tensors = new ArrayList<>();
                for (int i = 0; i < shapes.length; i++) {
                    tensors.add(Torch.tensor(inputs.get(i), shapes[i]));
                }
                return Torch.array(forward.of(ops, tensors));
            });
            weights.putAll(ops.values());
        }
        return new Outputs(torch, onnx(forward, weights, inputs, shapes));
    }

    private static float[] onnx(Forward forward, Map<String, float[]> weights, List<float[]> inputs, int[]... shapes)
            throws OrtException {
        OnnxOps ops = new OnnxOps(weights);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            names.add("in" + i);
            ops.graph().addInput(info("in" + i, shapes[i]));
        }
        ops.output(forward.of(ops, names), "out");
        ops.graph().setName("test").addOutput(info("out", null));
        byte[] bytes = ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOps.OPSET))
                .setGraph(ops.graph())
                .build()
                .toByteArray();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(bytes)) {
            for (int i = 0; i < shapes.length; i++) {
                FloatBuffer values = FloatBuffer.wrap(inputs.get(i));
                tensors.put("in" + i, OnnxTensor.createTensor(environment, values, Torch.longs(shapes[i])));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static ValueInfoProto info(String name, int[] shape) {
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
        if (shape != null) {
            TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
            for (int i = 1; i < shape.length; i++) {
                dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(shape[i]));
            }
            tensor.setShape(dimensions);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
