package dev.limpid.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Our own walk through a model file, before ONNX Runtime sees it: reads the {@code ModelProto} in one pass, through one buffer,
 * to a depth that this code bounds, and refuses whatever Limpid does not need. Field numbers are those of {@code onnx.proto3}.
 * Used once, by one thread.
 */
final class ModelWalk {
    /** Older files keep weights among the inputs; newer ones are beyond ONNX Runtime 1.29. */
    private static final long MIN_IR = 4;

    private static final long MAX_IR = 13;
    private static final long MIN_OPSET = 11;
    private static final long MAX_OPSET = 26;

    private static final int MAX_PROPERTIES = 1_000;
    private static final int MAX_PROPERTY_BYTES = 8 << 20;

    private final WireReader wire;
    private final Problems problems = new Problems();
    private final Budget budget = new Budget();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<Tensor> initializers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private String producer = "";
    private long irVersion;
    private long opset;
    private int graphs;

    ModelWalk(WireReader.Bytes bytes, long size) {
        this.wire = new WireReader(bytes, size);
    }

    /**
     * Walks through a file.
     *
     * @param subject how messages call the model
     * @throws ModelRefused with everything that was found wrong
     */
    static ModelOutline walk(Path file, String subject) throws IOException, ModelRefused {
        try (FileChannel channel = FileChannel.open(file)) {
            return new ModelWalk(channel::read, channel.size()).walk(subject);
        }
    }

    ModelOutline walk(String subject) throws IOException, ModelRefused {
        try {
            if (!wire.more()) {
                throw new MalformedModel("the file is empty; copy or export it again");
            }
            while (wire.more()) {
                field();
            }
            versions();
            new Wiring(problems).check(inputs, initializers, nodes, outputs);
        } catch (MalformedModel e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (!problems.list().isEmpty()) {
            throw new ModelRefused(AdmissionCheck.GRAPH, subject, problems.list());
        }
        TreeMap<String, Integer> operators = new TreeMap<>();
        nodes.forEach(node -> operators.merge(node.operator(), 1, Integer::sum));
        long parameters = initializers.stream().mapToLong(Tensor::elements).sum();
        return new ModelOutline(
                irVersion, opset, producer, operators, parameters, budget.tensorBytes(), inputs, outputs, properties);
    }

    private void field() throws IOException, MalformedModel {
        switch (wire.field()) {
            case 1 -> irVersion = wire.integer();
            case 2 -> producer = wire.text(Budget.MAX_NAME_BYTES);
            case 5 -> wire.integer();
            case 3, 4, 6 -> skip();
            case 7 -> {
                if (++graphs > 1) {
                    throw new MalformedModel("the file has two graphs, wanted one; export it again");
                }
                graph();
            }
            case 8 -> opset();
            case 14 -> property();
            case 20 -> refuse("training information, wanted a model for inference; export it in inference mode");
            case 25 -> refuse("functions of its own, wanted plain operators; export it with functions inlined");
            case 26 -> refuse("a configuration for several devices, wanted none; export it for one device");
            default -> throw wire.malformed("has a field that ONNX does not know");
        }
    }

    private void skip() throws IOException, MalformedModel {
        budget.part();
        wire.skip();
    }

    private void refuse(String what) throws IOException, MalformedModel {
        if (refused.add(what)) {
            problems.add("the file has " + what);
        }
        skip();
    }

    private void versions() {
        if (irVersion < MIN_IR || irVersion > MAX_IR) {
            problems.add("the file has IR version " + irVersion + ", wanted " + MIN_IR + " to " + MAX_IR
                    + "; export it with another version of the exporter");
        }
        if (opset < MIN_OPSET || opset > MAX_OPSET) {
            problems.add("the file has operator set " + opset + ", wanted " + MIN_OPSET + " to " + MAX_OPSET
                    + "; export it with opset_version=20");
        }
        if (graphs == 0) {
            problems.add("the file has no graph; export it again");
        }
    }

    private void opset() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("operator set");
        budget.part();
        String domain = "";
        long version = 0;
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> domain = wire.text(Budget.MAX_NAME_BYTES);
                case 2 -> version = wire.integer();
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            problems.add("the file uses the operators of the domain '" + domain
                    + "', wanted the standard ones only; export it without custom operators");
        } else if (opset != 0) {
            problems.add("the file names its operator set twice, " + opset + " and " + version + ", wanted once");
        } else {
            opset = version;
        }
    }

    private void property() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("metadata");
        budget.part();
        String key = "";
        String value = "";
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> key = wire.text(Budget.MAX_NAME_BYTES);
                case 2 -> value = wire.text(MAX_PROPERTY_BYTES);
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
        budget.text(value.length());
        if (properties.size() == MAX_PROPERTIES) {
            throw wire.malformed("has more than " + MAX_PROPERTIES + " metadata_props");
        }
        if (properties.put(key, value) != null) {
            problems.add("metadata_props[\"" + key + "\"] stands twice, wanted once; export it again");
        }
    }

    private void graph() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("graph");
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> nodes.add(NodeWalk.read(wire, budget, problems));
                case 5 -> initializers.add(TensorWalk.read(wire, budget, problems, "the graph"));
                case 11 -> inputs.add(PortWalk.read(wire, budget));
                case 12 -> outputs.add(PortWalk.read(wire, budget));
                case 13 -> PortWalk.read(wire, budget);
                case 15 -> {
                    problems.add("the graph has sparse weights, wanted dense ones; export it without");
                    skip();
                }
                case 14 -> {
                    problems.add("the graph has quantization annotations, wanted none; export it without");
                    skip();
                }
                case 2, 10, 16 -> skip();
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
    }
}
