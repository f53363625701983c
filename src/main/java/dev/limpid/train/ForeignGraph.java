package dev.limpid.train;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelOutline;
import dev.limpid.onnx.Port;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph with one input and one output of any name and layout, put between Limpid's {@code x} and {@code clean}:
 * {@code x → (x − mean)/deviation → the graph → ·deviation + mean → clean}. Its own values get a prefix, so that no two names
 * meet.
 */
final class ForeignGraph {
    private static final String PREFIX = "adopted/";

    private final ModelProto model;
    private final AdoptionSpec spec;
    private final Layout in;
    private final Layout out;

    /** @param outline of the same bytes, which have passed the walk */
    ForeignGraph(byte[] bytes, ModelOutline outline, AdoptionSpec spec) throws TrainingRefused {
        List<String> problems = new ArrayList<>(spec.problems());
        this.spec = spec;
        this.in = layout("input", outline.inputs(), problems);
        this.out = layout("output", outline.outputs(), problems);
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot adopt " + spec.name(), problems);
        }
        try {
            this.model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new TrainingRefused("cannot adopt " + spec.name(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private Layout layout(String side, List<Port> ports, List<String> problems) {
        int channels = spec.channels().size();
        if (ports.size() != 1) {
            problems.add("the graph has " + ports.size() + " " + side + "s, needs one; export it so");
            return Layout.CHANNEL_TIME;
        }
        Port port = ports.get(0);
        if (!port.type().equals("float32")) {
            problems.add(side + " '" + port.name() + "' is " + port.type() + ", needs float32");
        }
        return Layout.of(port, channels, spec.length()).orElseGet(() -> {
            problems.add(side + " '" + port.name() + "' is " + port.shapeText() + ", needs [-1," + channels + ","
                    + spec.length() + "], [-1," + spec.length() + "," + channels + "] or [-1,"
                    + channels * spec.length() + "]; check --window and --channels");
            return Layout.CHANNEL_TIME;
        });
    }

    /** The file with its new graph and metadata. */
    byte[] bytes(ModelMetadata metadata) {
        ModelProto.Builder result =
                model.toBuilder().clearMetadataProps().addMetadataProps(OnnxFile.property(metadata));
        return result.setGraph(graph()).build().toByteArray();
    }

    private GraphProto.Builder graph() {
        GraphProto foreign = model.getGraph();
        int channels = spec.channels().size();
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(spec.name())
                .addInput(OnnxFile.tensor("x", channels, spec.length()))
                .addOutput(OnnxFile.tensor("clean", channels, spec.length()));
        for (TensorProto tensor : foreign.getInitializerList()) {
            graph.addInitializer(tensor.toBuilder().setName(PREFIX + tensor.getName()));
        }
        String value = "x";
        if (spec.normalised()) {
            constant(graph, "mean", spec.mean());
            constant(graph, "deviation", spec.deviation());
            value = node(graph, "Div", "scaled", node(graph, "Sub", "centred", value, "mean"), "deviation");
        }
        value = in.from(graph, value, channels, spec.length());
        node(graph, "Identity", PREFIX + foreign.getInput(0).getName(), value);
        foreign.getNodeList().forEach(node -> graph.addNode(prefixed(node)));
        value = out.back(graph, PREFIX + foreign.getOutput(0).getName(), channels, spec.length());
        if (spec.normalised()) {
            value = node(graph, "Add", "given/back", node(graph, "Mul", "unscaled", value, "deviation"), "mean");
        }
        node(graph, "Identity", "clean", value);
        return graph;
    }

    private static NodeProto.Builder prefixed(NodeProto node) {
        return node.toBuilder()
                .clearInput()
                .clearOutput()
                .addAllInput(
                        node.getInputList().stream().map(ForeignGraph::prefixed).toList())
                .addAllOutput(node.getOutputList().stream()
                        .map(ForeignGraph::prefixed)
                        .toList());
    }

    /** An optional value that is left out has no name. */
    private static String prefixed(String name) {
        return name.isEmpty() ? name : PREFIX + name;
    }

    private static String node(GraphProto.Builder graph, String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName("limpid/" + output)
                .addAllInput(List.of(inputs))
                .addOutput(output));
        return output;
    }

    private static void constant(GraphProto.Builder graph, String name, Floats values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(1)
                .addDims(values.length())
                .addDims(1);
        for (int i = 0; i < values.length(); i++) {
            tensor.addFloatData(values.at(i));
        }
        graph.addInitializer(tensor);
    }
}
