package dev.limpid.train;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An ONNX graph while it is written: nodes, initialisers and their names. Confined to one thread. */
final class OnnxGraph {
    private final GraphProto.Builder builder = GraphProto.newBuilder();
    private final Map<String, int[]> shapes = new HashMap<>();
    private int nodes;

    /** The graph so far. */
    GraphProto.Builder builder() {
        return builder;
    }

    /** A fixed tensor, written once; gives its name. */
    String initialiser(String name, float[] values, int... shape) {
        if (Weights.size(shape) != values.length) {
            throw new IllegalArgumentException(name + " has " + values.length + " values, its shape another number");
        }
        if (shapes.putIfAbsent(name, shape) == null) {
            ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            raw.asFloatBuffer().put(values);
            add(name, DataType.FLOAT, raw, Torch.longs(shape));
        }
        return name;
    }

    String integers(long... values) {
        String name = "integers" + builder.getInitializerCount();
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        add(name, DataType.INT64, raw, values.length);
        return name;
    }

    private void add(String name, DataType type, ByteBuffer raw, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(raw));
        for (long size : shape) {
            tensor.addDims(size);
        }
        builder.addInitializer(tensor);
    }

    /** A node with one output; gives the output's name. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, 1, inputs, attributes);
    }

    /** A node with so many outputs; gives the name of the first. */
    String node(String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
        String name = operator + nodes++;
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes));
        for (int i = 1; i < outputs; i++) {
            node.addOutput(name + "." + i);
        }
        builder.addNode(node);
        return name;
    }

    /** Gives {@code value} the name of an output. */
    void output(String value, String name) {
        builder.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
    }

    /** The shape of a tensor that {@link #initialiser} wrote. */
    int[] shape(String name) {
        int[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(name + " is no parameter");
        }
        return shape;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto list(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
