package dev.limpid.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code NodeProto}: its names, and that its attributes hold no graph and no absurd number. */
final class NodeWalk {
    /** Greatest number in a list of integers: pads, strides, kernel and output shapes. */
    private static final long MAX_IN_LIST = 1 << 16;

    private static final int MAX_NAMES = 1_024;

    private final WireReader wire;
    private final Budget budget;
    private final Problems problems;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private String operator = "";
    private String name = "";
    private String domain = "";
    private @Nullable Tensor constant;

    /** The problems of attributes are told once the operator is known, which stands before them only by custom. */
    private final Problems faults = new Problems();

    private NodeWalk(WireReader wire, Budget budget, Problems problems) {
        this.wire = wire;
        this.budget = budget;
        this.problems = problems;
    }

    static Node read(WireReader wire, Budget budget, Problems problems) throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("node");
        NodeWalk walk = new NodeWalk(wire, budget, problems);
        budget.node();
        while (wire.more()) {
            walk.field();
        }
        wire.leave(outer);
        return walk.end();
    }

    private void field() throws IOException, MalformedModel {
        switch (wire.field()) {
            case 1 -> inputs.add(name(inputs));
            case 2 -> outputs.add(name(outputs));
            case 3 -> name = text();
            case 4 -> operator = text();
            case 5 -> attribute();
            case 7 -> domain = text();
            case 8 -> {
                if (!text().isEmpty()) {
                    faults.add(
                            "names an overload of a function, wanted a plain operator; export it with functions inlined");
                }
            }
            case 6, 9 -> skip();
            case 10 -> {
                faults.add("has a configuration for several devices, wanted none; export it for one device");
                skip();
            }
            default -> throw wire.malformed("has a field that ONNX does not know");
        }
    }

    private Node end() {
        Node node = new Node(operator, name, inputs, outputs, constant);
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            faults.add(
                    "is of the domain '" + domain + "', wanted the standard one; export it without custom operators");
        } else if (!Operators.allowed(operator)) {
            faults.add(
                    "has an operator that Limpid does not run; export it with plain arithmetic, convolutions or attention,"
                            + " without control flow");
        }
        faults.list().forEach(fault -> problems.add(node.subject() + " " + fault));
        return node;
    }

    private String text() throws IOException, MalformedModel {
        budget.part();
        String text = wire.text(Budget.MAX_NAME_BYTES);
        budget.text(text.length());
        return text;
    }

    private String name(List<String> names) throws IOException, MalformedModel {
        if (names.size() == MAX_NAMES) {
            throw wire.malformed("has more than " + MAX_NAMES + " inputs or outputs");
        }
        return text();
    }

    private void skip() throws IOException, MalformedModel {
        budget.part();
        wire.skip();
    }

    private void attribute() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("attribute");
        budget.part();
        String attribute = "";
        List<Double> values = new ArrayList<>();
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> attribute = text();
                case 2 -> finite(attribute, wire.real());
                case 3 -> few(attribute, wire.integer());
                case 5 -> constant = TensorWalk.read(wire, budget, problems, "node '" + name + "'");
                case 6, 11 -> {
                    faults.add("holds a graph of its own in '" + attribute
                            + "', wanted no control flow; export it without");
                    skip();
                }
                case 7 -> floats(attribute);
                case 8 -> integers(attribute, values);
                case 10, 14, 15, 22, 23 -> {
                    faults.add("has an attribute '" + attribute + "' of a type that Limpid does not read,"
                            + " wanted numbers, text or one tensor");
                    skip();
                }
                case 21 -> {
                    faults.add("refers to an attribute of a function, wanted a plain value");
                    skip();
                }
                case 4, 9, 13, 20 -> skip();
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
        if (attribute.equals("value_ints")) {
            constant = new Tensor("", List.of((long) values.size()), values.size(), values);
        }
    }

    private void few(String attribute, long value) {
        if (attribute.equals("value_int")) {
            constant = new Tensor("", List.of(), 1, List.of((double) value));
        } else if (attribute.equals("hidden_size") && (value < 1 || value > MAX_IN_LIST)) {
            faults.add("has " + attribute + " " + value + ", wanted 1 to " + MAX_IN_LIST);
        }
    }

    private void finite(String attribute, float value) {
        // value_float may be the minus infinity of a mask
        if (Float.isNaN(value) || (Float.isInfinite(value) && !attribute.equals("value_float"))) {
            faults.add("has " + attribute + " " + value + ", wanted a finite number");
        }
    }

    private void floats(String attribute) throws IOException, MalformedModel {
        if (!wire.packed()) {
            budget.part();
            finite(attribute, wire.real());
            return;
        }
        WireReader.Outer outer = wire.enter("floats");
        while (wire.more()) {
            budget.part();
            finite(attribute, Float.intBitsToFloat(wire.fourBytes()));
        }
        wire.leave(outer);
    }

    /** @param values gets them; each may come as a field of its own */
    private void integers(String attribute, List<Double> values) throws IOException, MalformedModel {
        if (wire.packed()) {
            WireReader.Outer outer = wire.enter("integers");
            while (wire.more()) {
                integer(attribute, wire.number(), values);
            }
            wire.leave(outer);
        } else {
            integer(attribute, wire.integer(), values);
        }
    }

    private void integer(String attribute, long value, List<Double> values) throws MalformedModel {
        budget.part();
        values.add((double) value);
        if ((value < -MAX_IN_LIST || value > MAX_IN_LIST) && !attribute.equals("value_ints")) {
            faults.add("has " + value + " in " + attribute + ", wanted at most " + MAX_IN_LIST);
        }
    }
}
