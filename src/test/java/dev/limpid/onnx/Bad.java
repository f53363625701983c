package dev.limpid.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * One kind of bad model.
 *
 * @param check the check that must refuse it
 * @param says what the refusal must contain
 */
record Bad(String kind, byte[] bytes, AdmissionCheck check, String says) {
    static final int CHANNELS = 2;
    static final int LENGTH = 16;
    static final Expected EXPECTED = new Expected("ecg", CHANNELS, LENGTH, 64);

    static Bad graph(String kind, byte[] bytes, String says) {
        return new Bad(kind, bytes, AdmissionCheck.GRAPH, says);
    }

    @Override
    public String toString() {
        return kind;
    }

    /** {@code clean = x / 2}. */
    static byte[] good() {
        return TinyModel.halving(CHANNELS, LENGTH).bytes();
    }

    /** The good model with a change. */
    static byte[] model(Consumer<ModelProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(good()).toBuilder();
            change.accept(model);
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The good model with a change of its graph: input x, initializer factor, node Mul, output clean. */
    static byte[] inGraph(Consumer<GraphProto.Builder> change) {
        return model(model -> change.accept(model.getGraphBuilder()));
    }

    static byte[] withNode(NodeProto.Builder node) {
        return inGraph(graph -> graph.addNode(node));
    }

    static byte[] withTensor(TensorProto.Builder tensor) {
        return inGraph(graph -> graph.addInitializer(tensor));
    }

    static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).addOutput(output).addAllInput(List.of(inputs));
    }

    static AttributeProto.Builder attribute(String name) {
        return AttributeProto.newBuilder().setName(name);
    }

    static TensorProto.Builder floats(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(1)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(raw));
    }

    static TensorProto.Builder longs(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(7)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(raw));
    }

    /** A field that holds bytes, on the wire. */
    static byte[] field(int number, byte[] content) {
        return join(varint((long) number << 3 | 2), varint(content.length), content);
    }

    static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
