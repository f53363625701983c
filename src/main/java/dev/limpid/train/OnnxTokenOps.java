package dev.limpid.train;

import java.util.List;
import java.util.Map;

/** {@link TokenOps} as nodes of an ONNX graph. Confined to one thread. */
final class OnnxTokenOps extends OnnxOps implements TokenOps<String> {
    /** ONNX's number for float32. */
    private static final int FLOAT = 1;

    OnnxTokenOps(Map<String, float[]> weights) {
        super(weights);
    }

    @Override
    public String embed(String ids, String table) {
        return graph.node("Gather", List.of(table, ids));
    }

    @Override
    public String real(String ids) {
        return graph.node("Cast", List.of(ids), OnnxGraph.attribute("to", FLOAT));
    }

    @Override
    public String counts(String ids, int columns) {
        String capped = capped(ids, columns);
        String values = graph.initialiser("off-on", new float[] {0, 1}, 2);
        String each = graph.node("OneHot", List.of(capped, graph.integers(columns), values));
        return graph.node("ReduceSum", List.of(each, graph.integers(1)), OnnxGraph.attribute("keepdims", 0));
    }

    private String capped(String ids, int columns) {
        return graph.node("Min", List.of(ids, graph.integers(columns - 1)));
    }

    @Override
    public String columnAt(String x, String ids, int columns) {
        return graph.node("GatherElements", List.of(plain(x), capped(ids, columns)), OnnxGraph.attribute("axis", -1));
    }

    @Override
    public String pickLast(String x, String ids) {
        String last = graph.integers(-1);
        String places = graph.node("Unsqueeze", List.of(ids, last));
        String picked = graph.node("GatherElements", List.of(plain(x), places), OnnxGraph.attribute("axis", -1));
        return graph.node("Squeeze", List.of(picked, last));
    }

    @Override
    public String argMaxLast(String x) {
        return graph.node(
                "ArgMax", List.of(plain(x)), OnnxGraph.attribute("axis", -1), OnnxGraph.attribute("keepdims", 0));
    }

    @Override
    public String choose(String flags, String first, String second) {
        String positive = graph.node("Greater", List.of(plain(flags), graph.initialiser("nought", new float[] {0}, 1)));
        return graph.node("Where", List.of(positive, plain(first), plain(second)));
    }

    @Override
    public String maxLast(String x) {
        return graph.node("ReduceMax", List.of(plain(x), graph.integers(-1)), OnnxGraph.attribute("keepdims", 1));
    }

    @Override
    public String softmaxLast(String x) {
        return graph.node("Softmax", List.of(plain(x)), OnnxGraph.attribute("axis", -1));
    }

    @Override
    public String logSoftmaxLast(String x) {
        return graph.node("LogSoftmax", List.of(plain(x)), OnnxGraph.attribute("axis", -1));
    }

    @Override
    public String matmul(String a, String b) {
        return graph.node("MatMul", List.of(plain(a), plain(b)));
    }

    @Override
    public String layerNorm(String x, String gain, String bias) {
        return graph.node("LayerNormalization", List.of(plain(x), gain, bias), OnnxGraph.attribute("axis", -1));
    }

    @Override
    public String permute(String x, int... axes) {
        return graph.node("Transpose", List.of(plain(x)), OnnxGraph.list("perm", Torch.longs(axes)));
    }
}
