package dev.limpid.train;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network down as an ONNX graph (operator set {@link #OPSET}). A value is the name of a node's output or of an
 * initialiser. Confined to one thread.
 *
 * <p>Convolutions are written as two-dimensional ones of height 1, for which ONNX Runtime has its blocked kernels: the same
 * values at 0.6 of the time (500 to 307 µs per window of 512 for the U-Net of 425,000 parameters). A value is therefore
 * either plain, {@code [B, C, T]} or as it is, or wide, {@code [B, C, 1, T]}, and goes from one to the other where an operator needs it.
 */
class OnnxOps implements Ops<String> {
    static final int OPSET = 20;
    final OnnxGraph graph = new OnnxGraph();
    private final Map<String, float[]> weights;
    private final boolean telling;
    private final Set<String> wide = new HashSet<>();
    private final Map<String, String> otherForm = new HashMap<>();
    private @Nullable Latent latent;

    OnnxOps(Map<String, float[]> weights) {
        this(weights, false);
    }

    /** @param telling whether latent vectors are wanted */
    OnnxOps(Map<String, float[]> weights, boolean telling) {
        this.weights = weights;
        this.telling = telling;
    }

    /** The graph so far; inputs and outputs are the caller's. */
    final GraphProto.Builder graph() {
        return graph.builder();
    }

    /** The latent vector of a window, {@code [B, size]}. */
    record Latent(String value, int size) {}

    /** The one that the network told of last; null if none. */
    @Nullable
    Latent latent() {
        return latent;
    }

    @Override
    public void latent(int size, Supplier<String> vector) {
        if (telling) {
            latent = new Latent(vector.get(), size);
        }
    }

    /** Gives {@code value} the name of an output. */
    final void output(String value, String name) {
        graph.output(plain(value), name);
    }

    @Override
    public String param(String name, Init init, int fanIn, int... shape) {
        float[] values = weights.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no weights for " + name);
        }
        // three axes: the kernel of a convolution
        return shape.length == 3
                ? graph.initialiser(name, values, shape[0], shape[1], 1, shape[2])
                : graph.initialiser(name, values, shape);
    }

    @Override
    public String constant(String name, float[] values, int... shape) {
        return graph.initialiser(name, values, shape);
    }

    private String widened(String value) {
        return wide.contains(value)
                ? value
                : otherForm.computeIfAbsent(value, plain -> {
                    String result = graph.node("Unsqueeze", List.of(plain, graph.integers(2)));
                    wide.add(result);
                    return result;
                });
    }

    final String plain(String value) {
        return wide.contains(value)
                ? otherForm.computeIfAbsent(value, form -> graph.node("Squeeze", List.of(form, graph.integers(2))))
                : value;
    }

    /** An operator that works on single values: wide if one input is wide and the other of the same shape. */
    private String binary(String operator, String a, String b) {
        if (wide.contains(a) && wide.contains(b)) {
            String result = graph.node(operator, List.of(a, b));
            wide.add(result);
            return result;
        }
        return graph.node(operator, List.of(plain(a), plain(b)));
    }

    /** An operator that works on single values: wide if its input is. */
    private String unary(String operator, String x) {
        String result = graph.node(operator, List.of(x));
        if (wide.contains(x)) {
            wide.add(result);
        }
        return result;
    }

    @Override
    public String linear(String x, String weight, String bias) {
        return graph.node("Gemm", List.of(plain(x), weight, bias), OnnxGraph.attribute("transB", 1));
    }

    @Override
    public String conv(String x, String weight, String bias, int stride, int pad, int dilation) {
        AttributeProto[] attributes = row(weight, stride, pad);
        if (dilation != 1) {
            attributes = Arrays.copyOf(attributes, attributes.length + 1);
            attributes[attributes.length - 1] = OnnxGraph.list("dilations", 1, dilation);
        }
        return widely("Conv", x, weight, bias, attributes);
    }

    @Override
    public String convTranspose(String x, String weight, String bias, int stride, int pad) {
        return widely("ConvTranspose", x, weight, bias, row(weight, stride, pad));
    }

    private String widely(String operator, String x, String weight, String bias, AttributeProto... attributes) {
        String result = graph.node(operator, List.of(widened(x), weight, bias), attributes);
        wide.add(result);
        return result;
    }

    private AttributeProto[] row(String weight, int stride, int pad) {
        return new AttributeProto[] {
            OnnxGraph.list("kernel_shape", 1, graph.shape(weight)[3]),
            OnnxGraph.list("strides", 1, stride),
            OnnxGraph.list("pads", 0, pad, 0, pad)
        };
    }

    @Override
    public String conv2d(String x, String weight, String bias, int stride, int pad) {
        return graph.node("Conv", List.of(plain(x), weight, bias), square(weight, stride, pad));
    }

    @Override
    public String convTranspose2d(String x, String weight, String bias, int stride, int pad) {
        return graph.node("ConvTranspose", List.of(plain(x), weight, bias), square(weight, stride, pad));
    }

    @Override
    public String maxPool2d(String x, int size) {
        return graph.node(
                "MaxPool",
                List.of(plain(x)),
                OnnxGraph.list("kernel_shape", size, size),
                OnnxGraph.list("strides", size, size));
    }

    private AttributeProto[] square(String weight, int stride, int pad) {
        int[] shape = graph.shape(weight);
        return new AttributeProto[] {
            OnnxGraph.list("kernel_shape", shape[2], shape[3]),
            OnnxGraph.list("strides", stride, stride),
            OnnxGraph.list("pads", pad, pad, pad, pad)
        };
    }

    @Override
    public String add(String a, String b) {
        return binary("Add", a, b);
    }

    @Override
    public String sub(String a, String b) {
        return binary("Sub", a, b);
    }

    @Override
    public String mul(String a, String b) {
        return binary("Mul", a, b);
    }

    @Override
    public String div(String a, String b) {
        return binary("Div", a, b);
    }

    @Override
    public String relu(String x) {
        return unary("Relu", x);
    }

    @Override
    public String leakyRelu(String x) {
        return unary("LeakyRelu", x);
    }

    @Override
    public String gelu(String x) {
        return unary("Gelu", x);
    }

    @Override
    public String tanh(String x) {
        return unary("Tanh", x);
    }

    @Override
    public String sigmoid(String x) {
        return unary("Sigmoid", x);
    }

    @Override
    public String abs(String x) {
        return graph.node("Abs", List.of(plain(x)));
    }

    @Override
    public String sqrt(String x) {
        return graph.node("Sqrt", List.of(plain(x)));
    }

    @Override
    public String clip(String x, float low, float high) {
        String lower = graph.initialiser("clip" + low, new float[] {low});
        return graph.node("Clip", List.of(plain(x), lower, graph.initialiser("clip" + high, new float[] {high})));
    }

    @Override
    public String sumLast(String x) {
        return graph.node("ReduceSum", List.of(plain(x), graph.integers(-1)), OnnxGraph.attribute("keepdims", 1));
    }

    @Override
    public String sortLast(String x, int size) {
        return graph.node("TopK", 2, List.of(plain(x), graph.integers(size)), OnnxGraph.attribute("axis", -1));
    }

    @Override
    public String slice(String x, int from, int to) {
        return graph.node("Slice", List.of(plain(x), graph.integers(from), graph.integers(to), graph.integers(-1)));
    }

    @Override
    public String concat(List<String> parts) {
        if (parts.stream().noneMatch(wide::contains)) {
            return graph.node("Concat", parts, OnnxGraph.attribute("axis", 1));
        }
        String result =
                graph.node("Concat", parts.stream().map(this::widened).toList(), OnnxGraph.attribute("axis", 1));
        wide.add(result);
        return result;
    }

    @Override
    public String reshape(String x, int... shape) {
        long[] full = new long[shape.length + 1];
        full[0] = -1;
        for (int i = 0; i < shape.length; i++) {
            full[i + 1] = shape[i];
        }
        return graph.node("Reshape", List.of(plain(x), graph.integers(full)));
    }
}
