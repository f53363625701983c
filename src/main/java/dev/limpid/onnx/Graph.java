package dev.limpid.onnx;

import dev.limpid.model.ChannelSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inputs and outputs of a model's graph, and whether they are those that Limpid and the pipeline need. */
final class Graph {
    static final String X = "x";
    static final String OBSERVED = "observed";
    static final String CLEAN = "clean";
    static final String ERROR = "error";
    static final String EMBEDDING = "embedding";

    private final Map<String, Port> inputs = new LinkedHashMap<>();
    private final Map<String, Port> outputs = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Graph(ModelOutline outline) {
        outline.inputs().forEach(port -> inputs.put(port.name(), port));
        outline.outputs().forEach(port -> outputs.put(port.name(), port));
    }

    boolean observed() {
        return inputs.containsKey(OBSERVED);
    }

    boolean error() {
        return outputs.containsKey(ERROR);
    }

    /** Everything about the graph that contradicts {@code metadata} or what is {@code expected}. */
    List<String> problems(ModelMetadata metadata, Expected expected) {
        int channels = metadata.channels().size();
        int length = metadata.windowLength();
        if (channels != expected.channels() || length != expected.length()) {
            problems.add(mismatch(channels, length, expected));
        }
        List<String> names = metadata.channels().stream().map(ChannelSpec::name).toList();
        if (channels == expected.channels()
                && !expected.names().isEmpty()
                && !expected.names().equals(names)) {
            problems.add("its channels are " + Problems.shortened(names.toString()) + ", pipeline '"
                    + expected.pipeline() + "' has "
                    + Problems.shortened(expected.names().toString())
                    + "; train it on these, in this order, or set input.channels to what the model was trained on");
        }
        for (String name : inputs.keySet()) {
            if (!Set.of(X, OBSERVED).contains(name)) {
                problems.add("input '" + name + "' is none that Limpid fills; it knows 'x' and 'observed'");
            }
        }
        for (String name : outputs.keySet()) {
            if (!Set.of(CLEAN, ERROR, EMBEDDING).contains(name)) {
                problems.add(
                        "output '" + name + "' is none that Limpid reads; it knows 'clean', 'error' and 'embedding'");
            }
        }
        List<Long> shape = shape(channels, length);
        tensor("input", X, inputs.get(X), shape);
        if (observed()) {
            tensor("input", OBSERVED, inputs.get(OBSERVED), shape);
        }
        tensor("output", CLEAN, outputs.get(CLEAN), shape);
        if (error()) {
            tensor("output", ERROR, outputs.get(ERROR), shape);
        }
        return problems;
    }

    private static String mismatch(int channels, int length, Expected expected) {
        String remedy = length != expected.length()
                ? "retrain with window.length=" + expected.length()
                : "retrain with " + expected.channels() + " channels";
        return "input 'x' is " + Port.text(shape(channels, length)) + ", pipeline '" + expected.pipeline() + "' needs "
                + Port.text(shape(expected.channels(), expected.length())) + "; " + remedy;
    }

    private void tensor(String side, String name, @Nullable Port port, List<Long> shape) {
        if (port == null) {
            problems.add(side + " '" + name + "' is missing; the graph has " + names(side));
            return;
        }
        String subject = side + " '" + name + "' is ";
        if (!port.type().equals(ElementType.FLOAT.text())) {
            problems.add(subject + port.type() + ", needs float32; export it as float32");
        }
        List<Long> got = port.shape();
        if (got.size() != shape.size()) {
            problems.add(subject + port.shapeText() + ", its metadata says " + Port.text(shape));
        } else if (got.get(0) != -1) {
            problems.add(subject + port.shapeText() + ", needs " + Port.text(shape)
                    + "; export it with a dynamic batch axis");
        } else if (!fits(got, shape, side)) {
            problems.add(subject + port.shapeText() + ", its metadata says " + Port.text(shape));
        }
    }

    /** An output may leave an axis open: the first run tells. */
    private static boolean fits(List<Long> got, List<Long> shape, String side) {
        for (int i = 1; i < shape.size(); i++) {
            if (!got.get(i).equals(shape.get(i)) && !(got.get(i) == -1 && side.equals("output"))) {
                return false;
            }
        }
        return true;
    }

    private String names(String side) {
        return (side.equals("input") ? inputs : outputs)
                .keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static List<Long> shape(int channels, int length) {
        return List.of(-1L, (long) channels, (long) length);
    }
}
