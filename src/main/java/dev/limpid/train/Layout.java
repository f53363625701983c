package dev.limpid.train;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.onnx.Port;
import java.util.Optional;

/** How a model that was exported elsewhere lays out its windows, behind the batch axis. */
enum Layout {
    /** {@code [channel][time]}, as Limpid does. */
    CHANNEL_TIME,
    /** {@code [time][channel]}. */
    TIME_CHANNEL,
    /** One axis, channel after channel. */
    FLAT;

    static Optional<Layout> of(Port port, int channels, int length) {
        if (fits(port, channels, length)) {
            return Optional.of(CHANNEL_TIME);
        }
        if (fits(port, length, channels)) {
            return Optional.of(TIME_CHANNEL);
        }
        return fits(port, channels * length) ? Optional.of(FLAT) : Optional.empty();
    }

    private static boolean fits(Port port, int... sizes) {
        if (port.shape().size() != sizes.length + 1) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            long size = port.shape().get(i + 1);
            if (size != sizes[i] && size != -1) {
                return false;
            }
        }
        return true;
    }

    /** Adds the node that brings Limpid's layout into this one; gives the name of its output. */
    String from(GraphProto.Builder graph, String value, int channels, int length) {
        return switch (this) {
            case CHANNEL_TIME -> value;
            case TIME_CHANNEL -> transposed(graph, value);
            case FLAT -> reshaped(graph, value, -1, (long) channels * length);
        };
    }

    /** Adds the node that brings this layout back into Limpid's; gives the name of its output. */
    String back(GraphProto.Builder graph, String value, int channels, int length) {
        return switch (this) {
            case CHANNEL_TIME -> value;
            case TIME_CHANNEL -> transposed(graph, value);
            case FLAT -> reshaped(graph, value, -1, channels, length);
        };
    }

    private static String transposed(GraphProto.Builder graph, String value) {
        String result = value + "/transposed";
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Transpose")
                .addInput(value)
                .addOutput(result)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(0)
                        .addInts(2)
                        .addInts(1)));
        return result;
    }

    private static String reshaped(GraphProto.Builder graph, String value, long... shape) {
        String result = value + "/reshaped";
        TensorProto.Builder sizes = TensorProto.newBuilder()
                .setName(value + "/shape")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(shape.length);
        for (long size : shape) {
            sizes.addInt64Data(size);
        }
        graph.addInitializer(sizes);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Reshape")
                .addInput(value)
                .addInput(sizes.getName())
                .addOutput(result));
        return result;
    }
}
