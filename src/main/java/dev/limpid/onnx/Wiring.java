package dev.limpid.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every value of a graph is made once, before it is read, and in a size that a constant does not blow up. */
final class Wiring {
    /** Elements of a tensor whose shape is a constant of the graph. */
    static final long MAX_ELEMENTS = 1L << 26;

    private final Problems problems;
    private final Set<String> made = new HashSet<>();
    private final Map<String, Tensor> constants = new HashMap<>();

    Wiring(Problems problems) {
        this.problems = problems;
    }

    void check(List<Port> inputs, List<Tensor> initializers, List<Node> nodes, List<Port> outputs) {
        inputs.forEach(input -> make("input", input.name()));
        for (Tensor tensor : initializers) {
            make("initializer", tensor.name());
            constants.put(tensor.name(), tensor);
        }
        if (nodes.isEmpty()) {
            problems.add("the graph has no node, wanted at least 1; export the model again");
        }
        for (Node node : nodes) {
            node(node);
        }
        Set<String> ends = new HashSet<>();
        for (Port output : outputs) {
            if (!made.contains(output.name())) {
                problems.add("output '" + output.name() + "' is made by no node; export the model again");
            } else if (!ends.add(output.name())) {
                problems.add("output '" + output.name() + "' stands twice; export the model again");
            }
        }
    }

    private void make(String what, String name) {
        if (name.isEmpty()) {
            problems.add("an " + what + " has no name; export the model again");
        } else if (!made.add(name)) {
            problems.add(what + " '" + name + "' has the name of another value, wanted one of its own;"
                    + " export the model again");
        }
    }

    private void node(Node node) {
        for (String input : node.inputs()) {
            if (!input.isEmpty() && !made.contains(input)) {
                problems.add(node.subject() + " reads '" + input
                        + "', which nothing before it makes; export the model again, nodes in the order of their use");
            }
        }
        for (String output : node.outputs()) {
            if (!output.isEmpty()) {
                make("output of " + node.operator(), output);
            }
        }
        if (node.operator().equals("Constant")
                && node.constant() != null
                && !node.outputs().isEmpty()) {
            constants.put(node.outputs().get(0), node.constant());
        }
        switch (node.operator()) {
            case "ConstantOfShape" -> product(node, 0);
            case "Expand", "Tile", "OneHot" -> product(node, 1);
            case "Resize" -> {
                product(node, 2);
                product(node, 3);
            }
            case "Pad" -> product(node, 1);
            case "Range" -> product(node, 1);
            default -> {}
        }
    }

    /** The product of the absolute values of a constant input: greater than the sizes of what it may make. */
    private void product(Node node, int input) {
        Tensor constant =
                input < node.inputs().size() ? constants.get(node.inputs().get(input)) : null;
        if (constant == null) {
            return;
        }
        double elements = 1;
        for (double value : constant.few()) {
            elements *= Math.max(1, Math.abs(value));
        }
        if (!(elements <= MAX_ELEMENTS)) {
            problems.add(node.subject() + " makes a tensor by the constant " + constant.few() + ", wanted at most "
                    + MAX_ELEMENTS + " elements; make the model smaller");
        }
    }
}
