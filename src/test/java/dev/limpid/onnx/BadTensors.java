package dev.limpid.onnx;

import static dev.limpid.onnx.Bad.floats;
import static dev.limpid.onnx.Bad.longs;
import static dev.limpid.onnx.Bad.withTensor;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.Stream;

/** Bad models: weights. */
final class BadTensors {
    private BadTensors() {}

    static Stream<Bad> all() {
        return Stream.of(
                external("data outside, by a relative path", "../../../../../../etc/passwd"),
                external("data outside, by an absolute path", "/etc/passwd"),
                external("data beside the file", "model.onnx"),
                bad(
                        "data that are said to be elsewhere",
                        floats("w", 1).setDataLocation(TensorProto.DataLocation.EXTERNAL),
                        "says that its data are elsewhere"),
                bad(
                        "weights that are NaN",
                        floats("w", 1, Float.NaN),
                        "tensor 'w' has 1 NaN and 0 infinite of 2 values"),
                bad("infinite weights", floats("w", 1, Float.NEGATIVE_INFINITY), "0 NaN and 1 infinite of 2 values"),
                bad(
                        "NaN as typed values",
                        TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(1)
                                .addDims(2)
                                .addAllFloatData(List.of(1f, Float.NaN)),
                        "has 1 NaN"),
                bad(
                        "NaN as doubles",
                        TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(11)
                                .addDims(1)
                                .addDoubleData(Double.NaN),
                        "has 1 NaN"),
                bad("NaN of 16 bits", raw(10, 2, 0, 0, 1, 0x7c), "has 1 NaN"),
                bad("infinity in bfloat16", raw(16, 2, 0, 0, 0x80, 0x7f), "1 infinite"),
                bad(
                        "weights of text",
                        TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(8)
                                .addDims(1)
                                .addStringData(ByteString.copyFromUtf8("t")),
                        "is of element type 8"),
                bad("complex numbers", raw(14, 1, new int[8]), "is of element type 14"),
                bad(
                        "too few bytes",
                        floats("w", 1, 2, 3).setRawData(ByteString.copyFrom(new byte[8])),
                        "has 2 values, its shape [3] wants 3"),
                bad(
                        "too many bytes",
                        floats("w", 1, 2, 3).setRawData(ByteString.copyFrom(new byte[16])),
                        "has 4 values, its shape [3] wants 3"),
                bad(
                        "half an element",
                        floats("w", 1).setRawData(ByteString.copyFrom(new byte[6])),
                        "of whole elements"),
                bad("raw and typed values", floats("w", 1).addFloatData(1), "wanted one of them"),
                bad("no values", floats("w", 1).clearRawData(), "has 0 values, its shape [1] wants 1"),
                bad(
                        "a negative size",
                        longs("w", 1).clearDims().addDims(-512).addDims(784),
                        "has the shape [-512, 784]"),
                bad("a huge size", longs("w", 1).clearDims().addDims(1L << 40), "has the shape [1099511627776]"),
                bad(
                        "sizes that overflow",
                        longs("w", 1).clearDims().addDims(1L << 33).addDims(1L << 33),
                        "at most 536870912 bytes in all"),
                bad(
                        "nine dimensions",
                        longs("w", 1).clearDims().addAllDims(List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)),
                        "more than 8 dimensions"),
                bad(
                        "a segment of a tensor",
                        floats("w", 1).setSegment(TensorProto.Segment.getDefaultInstance()),
                        "cut into segments"),
                Bad.graph(
                        "tensors that unfold",
                        Bad.inGraph(graph -> {
                            for (int i = 0; i < 3; i++) {
                                graph.addInitializer(longs("w" + i).clearDims().addDims(30_000_000));
                            }
                        }),
                        "unfold to more than 536870912 bytes"));
    }

    private static Bad bad(String kind, TensorProto.Builder tensor, String says) {
        return Bad.graph(kind, withTensor(tensor), says);
    }

    private static Bad external(String kind, String location) {
        return bad(
                kind,
                floats("w", 1)
                        .clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue(location)),
                "tensor 'w' keeps its data in another file");
    }

    private static TensorProto.Builder raw(int type, int size, int... bytes) {
        return TensorProto.newBuilder()
                .setName("w")
                .setDataType(type)
                .addDims(size)
                .setRawData(ByteString.copyFrom(Bad.bytes(bytes)));
    }
}
