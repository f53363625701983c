package dev.limpid.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Floats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** ONNX files of one or two nodes, whose answer can be worked out by hand. */
public final class TinyModel {
    private static final TensorProto.DataType FLOAT = TensorProto.DataType.FLOAT;
    private static final TensorProto.DataType IDS = TensorProto.DataType.INT64;

    private final int channels;
    private final int length;
    final TinyGraph graph = new TinyGraph();
    private UnaryOperator<float[]> expected = x -> x;
    private UnaryOperator<ModelMetadata> kind = metadata -> metadata;
    private boolean metadata = true;
    private boolean whole;
    private float factor = 1;
    private float start = 0.1f;

    TinyModel(int channels, int length) {
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
        model.graph.constant("zeros", ByteBuffer.allocate(4 * Float.BYTES), 4);
        model.graph.node("to", IDS.getNumber(), "Cast", "index", "x");
        return model.node("Gather", "nothing", "zeros", "index")
                .node("Add", "clean", "x", "nothing")
                .clean();
    }

    /** {@code clean = x · observed, error = |x - clean|}. */
    public static TinyModel masking(int channels, int length) {
        TinyModel model = new TinyModel(channels, length).x();
        model.graph.input("observed", FLOAT, -1, channels, length);
        model.node("Mul", "clean", "x", "observed").clean();
        model.node("Sub", "residual", "x", "clean").node("Abs", "error", "residual");
        model.graph.output("error", FLOAT, -1, channels, length);
        return model;
    }

    /** {@code clean = factor · x} of frames. */
    public static TinyModel frames(float factor, int channels, int height, int width, int frames) {
        TinyModel model = new TinyModel(channels, height * width * frames);
        model.constant("factor", factor).node("Mul", "clean", "x", "factor");
        return model.ofFrames(height, width, frames).expecting(x -> map(x, value -> factor * value));
    }

    TinyModel ofFrames(int height, int width, int frames) {
        long[] shape = {-1, (long) channels * frames, height, width};
        kind = metadata -> metadata.with(new FrameShape(height, width, frames));
        graph.input("x", FLOAT, shape);
        graph.output("clean", FLOAT, shape);
        return this;
    }

    /** {@code clean = x, error = x / 2, confidence = 1, score = the sum of error} of tokens. */
    public static TinyModel tokens(int length, Vocabulary vocabulary) {
        return tokens(0.5f, length, vocabulary);
    }

    /** The same, {@code error = factor · x}. */
    public static TinyModel tokens(float factor, int length, Vocabulary vocabulary) {
        return tokens(1, 0, factor, length, vocabulary);
    }

    /** The same, {@code clean = times · x + plus}. */
    public static TinyModel tokens(int times, int plus, float factor, int length, Vocabulary vocabulary) {
        TinyModel model = ofTokens(IDS, length, vocabulary);
        model.graph.whole("times", times);
        model.graph.whole("plus", plus);
        model.node("Mul", "product", "x", "times").node("Add", "clean", "product", "plus");
        model.graph.node("to", FLOAT.getNumber(), "Cast", "float", "x");
        model.constant("factor", factor).node("Mul", "error", "float", "factor");
        return model.sure().expecting(x -> map(x, value -> times * value + plus));
    }

    /** {@code confidence = 1, score = the sum of error} of tokens that were cast to {@code float}. */
    TinyModel sure() {
        constant("zero", 0f).node("Mul", "nothing", "float", "zero");
        constant("one", 1f).node("Add", "confidence", "nothing", "one");
        graph.wholes("axis", 1);
        graph.node("keepdims", 0, "ReduceSum", "score", "error", "axis");
        return tokenOutputs(IDS);
    }

    /** As {@link #tokens}, but it takes and gives numbers. */
    public static TinyModel tokensAsNumbers(int length, Vocabulary vocabulary) {
        TinyModel model = ofTokens(FLOAT, length, vocabulary);
        model.node("Identity", "clean", "x").node("Identity", "error", "x").node("Identity", "confidence", "x");
        model.graph.wholes("axis", 1);
        model.graph.node("keepdims", 0, "ReduceSum", "score", "error", "axis");
        return model.tokenOutputs(FLOAT);
    }

    static TinyModel ofTokens(TensorProto.DataType type, int length, Vocabulary vocabulary) {
        TinyModel model = new TinyModel(1, length);
        model.whole = true;
        model.kind = metadata -> metadata.with(vocabulary);
        model.graph.input("x", type, -1, length);
        return model;
    }

    TinyModel tokenOutputs(TensorProto.DataType ids) {
        graph.output("clean", ids, -1, length);
        graph.output("error", FLOAT, -1, length);
        graph.output("confidence", FLOAT, -1, length);
        graph.output("score", FLOAT, -1);
        return this;
    }

    /** {@code clean = x - mean over the batch}. */
    public static TinyModel batchDependent(int channels, int length) {
        TinyModel model = new TinyModel(channels, length).x();
        model.graph.wholes("axis", 0);
        return model.node("ReduceMean", "mean", "x", "axis")
                .node("Sub", "clean", "x", "mean")
                .clean()
                .expecting(x -> map(x, value -> 0f * value));
    }

    /** {@code clean = x} with an input and an output of other names, type or shape. */
    public static TinyModel odd(
            int channels, int length, String input, String output, TensorProto.DataType type, long... shape) {
        TinyModel model = new TinyModel(channels, length);
        model.graph.input(input, type, shape);
        model.node("Identity", output, input);
        model.graph.output(output, type, shape);
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
                .setGraph(graph.build());
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

    TinyModel x() {
        graph.input("x", FLOAT, -1, channels, length);
        return this;
    }

    TinyModel clean() {
        graph.output("clean", FLOAT, -1, channels, length);
        return this;
    }

    TinyModel constant(String name, float value) {
        graph.constant(name, value);
        return this;
    }

    TinyModel node(String operator, String output, String... inputs) {
        graph.node(operator, output, inputs);
        return this;
    }

    static float[] map(float[] x, DoubleUnaryOperator to) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) to.applyAsDouble(x[i]);
        }
        return y;
    }
}
