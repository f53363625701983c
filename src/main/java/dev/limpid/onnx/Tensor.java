package dev.limpid.onnx;

import java.util.List;

/**
 * A constant tensor of a graph.
 *
 * @param shape its dimensions
 * @param elements their product
 * @param few its values if there are at most {@value #FEW}, else none
 */
record Tensor(String name, List<Long> shape, long elements, List<Double> few) {
    static final int FEW = 16;

    Tensor {
        shape = List.copyOf(shape);
        few = List.copyOf(few);
    }
}
