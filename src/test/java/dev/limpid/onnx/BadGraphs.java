package dev.limpid.onnx;

import static dev.limpid.onnx.Bad.CHANNELS;
import static dev.limpid.onnx.Bad.LENGTH;
import static dev.limpid.onnx.Bad.attribute;
import static dev.limpid.onnx.Bad.floats;
import static dev.limpid.onnx.Bad.inGraph;
import static dev.limpid.onnx.Bad.longs;
import static dev.limpid.onnx.Bad.node;
import static dev.limpid.onnx.Bad.withNode;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorAnnotation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.stream.Stream;

/** Bad models: operators, control flow, wiring, sizes, inputs and outputs. */
final class BadGraphs {
    private BadGraphs() {}

    static Stream<Bad> all() {
        return Stream.of(operators(), wiring(), sizes(), ports()).flatMap(List::stream);
    }

    private static List<Bad> operators() {
        NodeProto.Builder loop = node("Loop", "y", "", "", "x")
                .addAttribute(attribute("body").setType(AttributeType.GRAPH).setG(nested(0)));
        return List.of(
                Bad.graph(
                        "90 nested Ifs",
                        withNode(node("If", "y", "x")
                                .addAttribute(attribute("then_branch")
                                        .setType(AttributeType.GRAPH)
                                        .setG(nested(90)))),
                        "If node 'y' holds a graph of its own in 'then_branch'"),
                Bad.graph("an endless Loop", withNode(loop), "Loop node 'y' has an operator that Limpid does not run"),
                Bad.graph(
                        "a graph in a harmless operator",
                        withNode(node("Identity", "y", "x")
                                .addAttribute(attribute("g").setG(nested(0)))),
                        "Identity node 'y' holds a graph of its own in 'g'"),
                Bad.graph(
                        "a list of graphs",
                        withNode(node("Identity", "y", "x")
                                .addAttribute(attribute("gs").addGraphs(nested(0)))),
                        "a graph of its own in 'gs'"),
                Bad.graph("a Scan", withNode(node("Scan", "y", "x")), "Scan node 'y' has an operator"),
                Bad.graph(
                        "an operator that nobody knows",
                        withNode(node("NoSuch", "y", "x")),
                        "NoSuch node 'y' has an operator"),
                Bad.graph("random numbers", withNode(node("RandomNormalLike", "y", "x")), "RandomNormalLike node"),
                Bad.graph("a size that values decide", withNode(node("NonZero", "y", "x")), "NonZero node"),
                Bad.graph("text", withNode(node("StringNormalizer", "y", "x")), "StringNormalizer node"),
                Bad.graph(
                        "a custom operator",
                        withNode(node("Evil", "y", "x").setDomain("evil")),
                        "is of the domain 'evil'"),
                Bad.graph(
                        "a contributed operator",
                        withNode(node("FusedGemm", "y", "x").setDomain("com.microsoft")),
                        "of the domain 'com.microsoft'"),
                Bad.graph(
                        "a reference to a function's attribute",
                        withNode(node("Elu", "y", "x")
                                .addAttribute(attribute("alpha").setRefAttrName("a"))),
                        "refers to an attribute of a function"),
                Bad.graph(
                        "an attribute that is NaN",
                        withNode(node("Elu", "y", "x")
                                .addAttribute(attribute("alpha").setF(Float.NaN))),
                        "has alpha NaN"),
                Bad.graph(
                        "an infinite attribute",
                        withNode(node("Elu", "y", "x")
                                .addAttribute(attribute("alpha").setF(Float.POSITIVE_INFINITY))),
                        "has alpha Infinity"),
                Bad.graph(
                        "a sparse constant",
                        withNode(node("Constant", "y")
                                .addAttribute(attribute("sparse_value")
                                        .setSparseTensor(SparseTensorProto.getDefaultInstance()))),
                        "of a type that Limpid does not read"),
                Bad.graph(
                        "sparse weights",
                        inGraph(graph -> graph.addSparseInitializer(SparseTensorProto.getDefaultInstance())),
                        "sparse weights"),
                Bad.graph(
                        "quantization annotations",
                        inGraph(graph -> graph.addQuantizationAnnotation(TensorAnnotation.getDefaultInstance())),
                        "quantization annotations"));
    }

    private static GraphProto.Builder nested(int depth) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("g" + depth)
                .addOutput(ValueInfoProto.newBuilder().setName("o" + depth));
        return depth == 0
                ? graph.addNode(node("Identity", "o0", "x"))
                : graph.addNode(node("If", "o" + depth, "c")
                        .addAttribute(attribute("then_branch")
                                .setType(AttributeType.GRAPH)
                                .setG(nested(depth - 1))));
    }

    private static List<Bad> wiring() {
        return List.of(
                Bad.graph("no node", inGraph(GraphProto.Builder::clearNode), "the graph has no node"),
                Bad.graph(
                        "a cycle",
                        inGraph(graph ->
                                graph.addNode(node("Add", "a", "x", "b")).addNode(node("Add", "b", "a", "x"))),
                        "Add node 'a' reads 'b', which nothing before it makes"),
                Bad.graph("a value that nobody makes", withNode(node("Add", "a", "x", "nobody")), "reads 'nobody'"),
                Bad.graph(
                        "an output that nobody makes",
                        inGraph(graph ->
                                graph.addOutput(ValueInfoProto.newBuilder().setName("error"))),
                        "output 'error' is made by no node"),
                Bad.graph(
                        "an output twice",
                        inGraph(graph -> graph.addOutput(graph.getOutput(0))),
                        "output 'clean' stands twice"),
                Bad.graph(
                        "an input twice",
                        inGraph(graph -> graph.addInput(graph.getInput(0))),
                        "input 'x' has the name of another value"),
                Bad.graph(
                        "two weights of one name",
                        inGraph(graph -> graph.addInitializer(graph.getInitializer(0))),
                        "initializer 'factor' has the name of another"),
                Bad.graph(
                        "weights that are an input too",
                        Bad.withTensor(floats("x", 1)),
                        "initializer 'x' has the name of another"),
                Bad.graph("weights without a name", Bad.withTensor(floats("", 1)), "an initializer has no name"),
                Bad.graph(
                        "two nodes that make one value",
                        withNode(node("Identity", "clean", "x")),
                        "output of Identity 'clean' has the name of another"));
    }

    private static List<Bad> sizes() {
        long million = 1_000_000;
        return List.of(
                Bad.graph(
                        "a terabyte by an initializer",
                        inGraph(graph -> graph.addInitializer(longs("s", million, million))
                                .addNode(node("ConstantOfShape", "y", "s"))),
                        "ConstantOfShape node 'y' makes a tensor by the constant [1000000.0, 1000000.0]"),
                Bad.graph(
                        "a terabyte by a Constant",
                        inGraph(graph -> graph.addNode(node("Constant", "s")
                                        .addAttribute(attribute("value").setT(longs("", million, million))))
                                .addNode(node("ConstantOfShape", "y", "s"))),
                        "ConstantOfShape node 'y' makes a tensor"),
                Bad.graph(
                        "a terabyte by integers of a Constant",
                        inGraph(graph -> graph.addNode(node("Constant", "s")
                                        .addAttribute(attribute("value_ints")
                                                .addInts(million)
                                                .addInts(million)))
                                .addNode(node("Expand", "y", "x", "s"))),
                        "Expand node 'y' makes a tensor"),
                Bad.graph(
                        "a tensor tiled a billion times",
                        inGraph(graph -> graph.addInitializer(longs("s", 1, 1, 1_000 * million))
                                .addNode(node("Tile", "y", "x", "s"))),
                        "Tile node 'y' makes a tensor"),
                Bad.graph(
                        "a picture resized a billion times",
                        inGraph(graph -> graph.addInitializer(floats("s", 1, 1, 1e9f))
                                .addNode(node("Resize", "y", "x", "", "s"))),
                        "Resize node 'y' makes a tensor"),
                Bad.graph(
                        "a range to a billion",
                        inGraph(graph -> graph.addInitializer(longs("n", 1_000 * million))
                                .addNode(node("Range", "y", "n", "n", "n"))),
                        "Range node 'y' makes a tensor"),
                Bad.graph(
                        "a pad of a billion",
                        inGraph(graph -> graph.addInitializer(longs("p", 0, 0, 1_000 * million))
                                .addNode(node("Pad", "y", "x", "p"))),
                        "Pad node 'y' makes a tensor"),
                Bad.graph(
                        "a stride of a billion",
                        withNode(node("MaxPool", "y", "x")
                                .addAttribute(attribute("strides").addInts(1_000 * million))),
                        "has 1000000000 in strides"),
                Bad.graph(
                        "a kernel of minus a billion",
                        withNode(node("MaxPool", "y", "x")
                                .addAttribute(attribute("kernel_shape").addInts(-1_000 * million))),
                        "has -1000000000 in kernel_shape"),
                Bad.graph(
                        "a hidden layer of a billion",
                        withNode(node("LSTM", "y", "x")
                                .addAttribute(attribute("hidden_size").setI(1_000 * million))),
                        "has hidden_size 1000000000"));
    }

    private static List<Bad> ports() {
        return List.of(
                port(
                        "an input of another name",
                        TinyModel.odd(CHANNELS, LENGTH, "signal", "clean", DataType.FLOAT, -1, 2, LENGTH),
                        "input 'signal' is none that Limpid fills"),
                port(
                        "an output of another name",
                        TinyModel.odd(CHANNELS, LENGTH, "x", "out", DataType.FLOAT, -1, 2, LENGTH),
                        "output 'out' is none that Limpid reads"),
                port(
                        "doubles",
                        TinyModel.odd(CHANNELS, LENGTH, "x", "clean", DataType.DOUBLE, -1, 2, LENGTH),
                        "input 'x' is double, needs float32"),
                port(
                        "rank 2",
                        TinyModel.odd(CHANNELS, LENGTH, "x", "clean", DataType.FLOAT, -1, 32),
                        "input 'x' is [-1,32], its metadata says"),
                port(
                        "a fixed batch",
                        TinyModel.odd(CHANNELS, LENGTH, "x", "clean", DataType.FLOAT, 1, 2, LENGTH),
                        "export it with a dynamic batch axis"),
                port(
                        "another shape than its metadata say",
                        TinyModel.odd(CHANNELS, LENGTH, "x", "clean", DataType.FLOAT, -1, 2, 99),
                        "input 'x' is [-1,2,99], its metadata says"),
                port(
                        "another window than the pipeline's",
                        TinyModel.identity(CHANNELS, 8),
                        "retrain with window.length=16"),
                port("other channels than the pipeline's", TinyModel.identity(1, LENGTH), "retrain with 2 channels"),
                new Bad(
                        "another input",
                        inGraph(graph ->
                                graph.addInput(graph.getInput(0).toBuilder().setName("more"))),
                        AdmissionCheck.SHAPE,
                        "input 'more' is none"),
                Bad.graph(
                        "an input that is a sequence",
                        inGraph(graph -> graph.getInputBuilder(0)
                                .setType(TypeProto.newBuilder()
                                        .setSequenceType(TypeProto.Sequence.getDefaultInstance()))),
                        "value 'x' is a sequence"),
                new Bad(
                        "an input of no type",
                        inGraph(graph -> graph.getInputBuilder(0).clearType()),
                        AdmissionCheck.SHAPE,
                        "input 'x' is of element type 0"));
    }

    private static Bad port(String kind, TinyModel model, String says) {
        return new Bad(kind, model.bytes(), AdmissionCheck.SHAPE, says);
    }
}
