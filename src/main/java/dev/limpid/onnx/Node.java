package dev.limpid.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph.
 *
 * @param operator as in {@code Conv}
 * @param inputs names of the values it reads; empty text where an optional one is left out
 * @param constant its value, if it is a {@code Constant}
 */
record Node(String operator, String name, List<String> inputs, List<String> outputs, @Nullable Tensor constant) {
    Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** How messages call it. */
    String subject() {
        return operator + " node '" + (name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name) + "'";
    }
}
