package dev.limpid.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Floats;
import java.util.Arrays;
import java.util.Map;

/**
 * The ONNX file of an autoencoder: inputs {@code x}, {@code observed}, outputs {@code clean}, {@code error} and, if asked for, {@code tweedie}
 * and {@code embedding}.
 */
final class OnnxFile {
    private static final int IR_VERSION = 9;

    private OnnxFile() {}

    static byte[] bytes(
            Autoencoder autoencoder, Map<String, float[]> weights, Floats residualScale, ModelMetadata metadata) {
        OnnxOps ops = new OnnxOps(weights, autoencoder.ends().embedding());
        int channels = autoencoder.channels().size();
        int length = autoencoder.length();
        int[] shape = Arrays.stream(metadata.cleans().shape(-1, channels, length))
                .skip(1)
                .mapToInt(Math::toIntExact)
                .toArray();
        boolean plain = Arrays.equals(shape, new int[] {channels, length});
        String x = plain ? "x" : ops.reshape("x", channels, length);
        String observed = plain ? "observed" : ops.reshape("observed", channels, length);
        Autoencoder.Cleaned<String> cleaned = autoencoder.cleaned(ops, x, observed);
        String error = autoencoder.error(ops, x, observed, cleaned, residualScale);
        ops.output(plain ? cleaned.clean() : ops.reshape(cleaned.clean(), shape), "clean");
        ops.output(plain ? error : ops.reshape(error, shape), "error");
        ops.graph()
                .setName(metadata.name())
                .addInput(tensor("x", shape))
                .addInput(tensor("observed", shape))
                .addOutput(tensor("clean", shape))
                .addOutput(tensor("error", shape));
        if (autoencoder.levels().tweedie()) {
            String tweedie = autoencoder.tweedie(ops, x, observed, cleaned);
            ops.output(plain ? tweedie : ops.reshape(tweedie, shape), "tweedie");
            ops.graph().addOutput(tensor("tweedie", shape));
        }
        OnnxOps.Latent latent = ops.latent();
        if (latent != null) {
            ops.output(latent.value(), "embedding");
            ops.graph().addOutput(tensor("embedding", latent.size()));
        }
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("limpid")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxOps.OPSET))
                .setGraph(ops.graph())
                .addMetadataProps(property(metadata))
                .build()
                .toByteArray();
    }

    /** The entry of {@code metadata_props} that makes a file a Limpid model. */
    static StringStringEntryProto property(ModelMetadata metadata) {
        return StringStringEntryProto.newBuilder()
                .setKey(ModelMetadata.KEY)
                .setValue(metadata.toJson())
                .build();
    }

    /** {@code float32 [batch, sizes…]}. */
    static ValueInfoProto tensor(String name, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
