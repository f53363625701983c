package dev.limpid.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or an output of a model's graph.
 *
 * @param type element type, as in {@code float32}
 * @param shape sizes, -1 where left open, as in {@code [-1,2,256]}
 */
public record Port(String name, String type, List<Long> shape) {
    public Port {
        shape = List.copyOf(shape);
    }

    /** As in {@code [-1,2,256]}. */
    public String shapeText() {
        return text(shape);
    }

    static String text(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
