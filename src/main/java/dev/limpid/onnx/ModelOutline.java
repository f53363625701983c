package dev.limpid.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model file holds, as told by its bytes alone, without ONNX Runtime.
 *
 * @param irVersion version of the file format
 * @param opset version of the standard operators
 * @param producer who wrote the file
 * @param operators nodes by operator
 * @param parameters elements of all initializers
 * @param tensorBytes bytes of all constant tensors, unfolded
 * @param properties {@code metadata_props}
 */
public record ModelOutline(
        long irVersion,
        long opset,
        String producer,
        SortedMap<String, Integer> operators,
        long parameters,
        long tensorBytes,
        List<Port> inputs,
        List<Port> outputs,
        Map<String, String> properties) {
    public ModelOutline {
        operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        properties = Map.copyOf(properties);
    }

    /** Nodes of the graph. */
    public int nodes() {
        return operators.values().stream().mapToInt(Integer::intValue).sum();
    }
}
