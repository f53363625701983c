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
import java.util.Map;

/** The ONNX file of an autoencoder: inputs {@code x}, {@code observed}, outputs {@code clean}, {@code error}, and {@code tweedie} if asked for. */
final class OnnxFile {
    private static final int IR_VERSION = 9;

    private OnnxFile() {}

    static byte[] bytes(
            Autoencoder autoencoder, Map<String, float[]> weights, Floats residualScale, ModelMetadata metadata) {
        OnnxOps ops = new OnnxOps(weights);
        Autoencoder.Cleaned<String> cleaned = autoencoder.cleaned(ops, "x", "observed");
        String error = autoencoder.error(ops, "x", "observed", cleaned, residualScale);
        ops.output(cleaned.clean(), "clean");
        ops.output(error, "error");
        boolean tweedie = autoencoder.levels().tweedie();
        if (tweedie) {
            ops.output(autoencoder.tweedie(ops, "x", "observed", cleaned), "tweedie");
        }
        int channels = autoencoder.channels().size();
        int length = autoencoder.length();
        ops.graph()
                .setName(metadata.name())
                .addInput(tensor("x", channels, length))
                .addInput(tensor("observed", channels, length))
                .addOutput(tensor("clean", channels, length))
                .addOutput(tensor("error", channels, length));
        if (tweedie) {
            ops.graph().addOutput(tensor("tweedie", channels, length));
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

    /** {@code float32 [batch, channels, length]}. */
    static ValueInfoProto tensor(String name, int channels, int length) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
