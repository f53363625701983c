package dev.limpid.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** ONNX files of one or two nodes, whose answer can be worked out by hand. */
public final class TinyModel {
    private static final TensorProto.DataType FLOAT = TensorProto.DataType.FLOAT;

    private final int channels;
    private final int length;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private UnaryOperator<float[]> expected = x -> x;
    private UnaryOperator<ModelMetadata> kind = metadata -> metadata;
    private boolean metadata = true;
    private boolean whole;
    private float factor = 1;
    private float start = 0.1f;

    private TinyModel(int channels, int length) {
        this.channels = channels;
        this.length = length;
    }

    /** {@code clean = x}. */
    public static TinyModel identity(int channels, int length) {
        return new TinyModel(channels, length)
                .x()
                .node("Identity", "clean", "x")
                .clean();
    }

    /** {@code clean = x / 2}. */
    public static TinyModel halving(int channels, int length) {
        return times(0.5f, channels, length);
    }

    /** {@code clean = factor · x}. */
    public static TinyModel times(float factor, int channels, int length) {
        return new TinyModel(channels, length)
                .x()
                .constant("factor", factor)
                .node("Mul", "clean", "x", "factor")
                .clean()
                .expecting(x -> map(x, value -> factor * value));
    }

    /** {@code clean = x / 2} by way of a matrix of {@code length²} weights: a file of {@code 4 · length²} bytes. */
    public static TinyModel large(int length) {
        TinyModel model = new TinyModel(1, length).x();
        ByteBuffer weights = ByteBuffer.allocate(4 * length * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            weights.putFloat(4 * (i * length + i), 0.5f);
        }
        model.graph.addInitializer(TensorProto.newBuilder()
                .setName("w")
                .setDataType(FLOAT.getNumber())
                .addDims(length)
                .addDims(length)
                .setRawData(ByteString.copyFrom(weights)));
        return model.node("MatMul", "clean", "x", "w").clean().expecting(x -> map(x, value -> 0.5f * value));
    }

    /** {@code clean = sqrt(x)}: NaN where x is negative. */
    public static TinyModel squareRoot(int channels, int length) {
        return new TinyModel(channels, length)
                .x()
                .node("Sqrt", "clean", "x")
                .clean()
                .expecting(x -> map(x, value -> Math.sqrt(Math.max(0, value))));
    }

    /** {@code clean = x}; the run fails where x, cut to an integer, is outside of [-4, 3]. */
    public static TinyModel failingBeyond3(int channels, int length) {
        TinyModel model = new TinyModel(channels, length).x();
        model.graph.addInitializer(TensorProto.newBuilder()
                .setName("zeros")
                .setDataType(FLOAT.getNumber())
                .addDims(4)
                .addAllFloatData(List.of(0f, 0f, 0f, 0f)));
        model.graph.addNode(with("to", TensorProto.DataType.INT64.getNumber(), "Cast", "index", "x"));
        return model.node("Gather", "nothing", "zeros", "index")
                .node("Add", "clean", "x", "nothing")
                .clean();
    }

    /** {@code clean = x · observed, error = |x - clean|}. */
    public static TinyModel masking(int channels, int length) {
        TinyModel model = new TinyModel(channels, length).x();
        model.graph.addInput(model.value("observed", FLOAT, -1, channels, length));
        model.node("Mul", "clean", "x", "observed").clean();
        model.node("Sub", "residual", "x", "clean").node("Abs", "error", "residual");
        model.graph.addOutput(model.value("error", FLOAT, -1, channels, length));
        return model;
    }

    /** {@code clean = factor · x} of frames. */
    public static TinyModel frames(float factor, int channels, int height, int width, int frames) {
        TinyModel model = new TinyModel(channels, height * width * frames);
        long[] shape = {-1, (long) channels * frames, height, width};
        model.kind = metadata -> metadata.with(new FrameShape(height, width, frames));
        model.graph.addInput(model.value("x", FLOAT, shape));
        model.constant("factor", factor).node("Mul", "clean", "x", "factor");
        model.graph.addOutput(model.value("clean", FLOAT, shape));
        return model.expecting(x -> map(x, value -> factor * value));
    }

    /** {@code clean = x, error = x / 2, confidence = 1, score = the sum of error} of tokens. */
    public static TinyModel tokens(int length, Vocabulary vocabulary) {
        TinyModel model = new TinyModel(1, length);
        TensorProto.DataType ids = TensorProto.DataType.INT64;
        model.whole = true;
        model.kind = metadata -> metadata.with(vocabulary);
        model.graph.addInput(model.value("x", ids, -1, length));
        model.node("Identity", "clean", "x");
        model.graph.addNode(with("to", FLOAT.getNumber(), "Cast", "float", "x"));
        model.constant("half", 0.5f).node("Mul", "error", "float", "half");
        model.constant("zero", 0f).node("Mul", "nothing", "float", "zero");
        model.constant("one", 1f).node("Add", "confidence", "nothing", "one");
        model.graph.addInitializer(axis(1));
        model.graph.addNode(with("keepdims", 0, "ReduceSum", "score", "error", "axis"));
        model.graph.addOutput(model.value("clean", ids, -1, length));
        model.graph.addOutput(model.value("error", FLOAT, -1, length));
        model.graph.addOutput(model.value("confidence", FLOAT, -1, length));
        model.graph.addOutput(model.value("score", FLOAT, -1));
        return model;
    }

    /** {@code clean = x - mean over the batch}. */
    public static TinyModel batchDependent(int channels, int length) {
        TinyModel model = new TinyModel(channels, length).x();
        model.graph.addInitializer(axis(0));
        return model.node("ReduceMean", "mean", "x", "axis")
                .node("Sub", "clean", "x", "mean")
                .clean()
                .expecting(x -> map(x, value -> 0f * value));
    }

    /** {@code clean = x} with an input and an output of other names, type or shape. */
    public static TinyModel odd(
            int channels, int length, String input, String output, TensorProto.DataType type, long... shape) {
        TinyModel model = new TinyModel(channels, length);
        model.graph.addInput(model.value(input, type, shape));
        model.node("Identity", output, input);
        model.graph.addOutput(model.value(output, type, shape));
        return model;
    }

    public TinyModel expecting(UnaryOperator<float[]> expected) {
        this.expected = expected;
        return this;
    }

    /** Golden input rises from {@code start}; NaN is not written to the expected output. */
    public TinyModel startingAt(float start) {
        this.start = start;
        return this;
    }

    /** Golden input times {@code factor}. */
    public TinyModel scaledBy(float factor) {
        this.factor = factor;
        return this;
    }

    public TinyModel withoutMetadata() {
        metadata = false;
        return this;
    }

    /** The file, named {@code tiny:1}. */
    public byte[] bytes() {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(20))
                .setGraph(graph);
        if (metadata) {
            model.addMetadataProps(StringStringEntryProto.newBuilder()
                    .setKey(ModelMetadata.KEY)
                    .setValue(metadata().toJson()));
        }
        return model.build().toByteArray();
    }

    public ModelMetadata metadata() {
        float[] ramp = new float[channels * length];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = whole ? 1 + i % 4 : factor * (start + i % 16 / 8f);
        }
        List<ChannelSpec> specs = new ArrayList<>();
        List<ModelMetadata.InputStatistics> inputs = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            specs.add(new ChannelSpec("c" + c, "V", 0.5f));
            inputs.add(new ModelMetadata.InputStatistics(0f, 1f, -3f, 3f));
        }
        return kind.apply(new ModelMetadata(
                ModelMetadata.FORMAT,
                "tiny",
                "1",
                "signal",
                length,
                specs,
                Floats.of(),
                new ModelMetadata.Training(new TreeMap<>(), 0, List.of(), 0, "by hand", 1),
                inputs,
                List.of(new ModelMetadata.GoldenWindow(
                        Floats.of(ramp), Floats.of(), Floats.of(expected.apply(ramp)), 1e-6f)),
                new TreeMap<>()));
    }

    private TinyModel x() {
        graph.addInput(value("x", FLOAT, -1, channels, length));
        return this;
    }

    private TinyModel clean() {
        graph.addOutput(value("clean", FLOAT, -1, channels, length));
        return this;
    }

    private TinyModel constant(String name, float value) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT.getNumber())
                .addFloatData(value));
        return this;
    }

    private TinyModel node(String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output));
        return this;
    }

    private static TensorProto.Builder axis(long axis) {
        return TensorProto.newBuilder()
                .setName("axis")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(axis);
    }

    /** A node with one integer attribute. */
    private static NodeProto.Builder with(String name, int value, String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value));
    }

    private ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(size < 0 ? dimension.setDimParam("batch") : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    private static float[] map(float[] x, DoubleUnaryOperator to) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) to.applyAsDouble(x[i]);
        }
        return y;
    }
}
