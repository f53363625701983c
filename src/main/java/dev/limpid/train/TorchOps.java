package dev.limpid.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes a network with libtorch. Parameters are plain leaf tensors by name, made when the network first asks for them.
 * Confined to one thread; to be closed.
 */
class TorchOps implements Ops<Tensor>, AutoCloseable {
    private static final long[] ONE = {1};
    private final Map<String, Tensor> params = new LinkedHashMap<>();
    private final Map<String, Tensor> constants = new HashMap<>();
    private final Start start;

    /** Where parameters come from. */
    @FunctionalInterface
    interface Start {
        float[] values(String name, Init init, int fanIn, int[] shape);
    }

    TorchOps(Start start) {
        Torch.start();
        this.start = start;
    }

    /** Fresh parameters. */
    static TorchOps seeded(long seed) {
        return new TorchOps(fresh(seed));
    }

    static Start fresh(long seed) {
        return (name, init, fanIn, shape) -> Weights.start(name, init, fanIn, shape, seed);
    }

    /** Parameters with the given values. */
    static TorchOps of(Map<String, float[]> weights) {
        return new TorchOps(given(weights));
    }

    static Start given(Map<String, float[]> weights) {
        return (name, init, fanIn, shape) -> {
            float[] values = weights.get(name);
            if (values == null || values.length != Weights.size(shape)) {
                throw new IllegalArgumentException("no weights of the right size for " + name);
            }
            return values;
        };
    }

    /** The parameters asked for so far, in the order of the first forward. */
    final Map<String, Tensor> params() {
        return params;
    }

    /** A copy of the parameters' values. */
    final Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        params.forEach((name, tensor) -> values.put(name, Torch.array(tensor)));
        return values;
    }

    @Override
    public void close() {
        params.values().forEach(Tensor::close);
        constants.values().forEach(Tensor::close);
        params.clear();
        constants.clear();
    }

    @Override
    public Tensor param(String name, Init init, int fanIn, int... shape) {
        Tensor known = params.get(name);
        if (known == null) {
            float[] values = start.values(name, init, fanIn, shape);
            known = Torch.keep(Torch.tensor(values, shape).set_requires_grad(true));
            params.put(name, known);
        }
        return known;
    }

    @Override
    public Tensor constant(String name, float[] values, int... shape) {
        return constants.computeIfAbsent(name, key -> Torch.keep(Torch.tensor(values, shape)));
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return torch.linear(x, weight, new TensorOptional(bias));
    }

    @Override
    public Tensor conv(Tensor x, Tensor weight, Tensor bias, int stride, int pad, int dilation) {
        long[] apart = {dilation};
        return torch.conv1d(x, weight, new TensorOptional(bias), new long[] {stride}, new long[] {pad}, apart, 1);
    }

    @Override
    public Tensor convTranspose(Tensor x, Tensor weight, Tensor bias, int stride, int pad) {
        long[] none = {0};
        return torch.conv_transpose1d(
                x, weight, new TensorOptional(bias), new long[] {stride}, new long[] {pad}, none, 1, ONE);
    }

    @Override
    public Tensor conv2d(Tensor x, Tensor weight, Tensor bias, int stride, int pad) {
        return torch.conv2d(x, weight, new TensorOptional(bias), twice(stride), twice(pad), twice(1), 1);
    }

    @Override
    public Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias, int stride, int pad) {
        return torch.conv_transpose2d(
                x, weight, new TensorOptional(bias), twice(stride), twice(pad), twice(0), 1, twice(1));
    }

    @Override
    public Tensor maxPool2d(Tensor x, int size) {
        return torch.max_pool2d(x, twice(size), twice(size), twice(0), twice(1), false);
    }

    private static long[] twice(long value) {
        return new long[] {value, value};
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor sub(Tensor a, Tensor b) {
        return a.sub(b);
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor div(Tensor a, Tensor b) {
        return a.div(b);
    }

    @Override
    public Tensor relu(Tensor x) {
        return x.relu();
    }

    @Override
    public Tensor leakyRelu(Tensor x) {
        return torch.leaky_relu(x);
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x);
    }

    @Override
    public Tensor tanh(Tensor x) {
        return x.tanh();
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor abs(Tensor x) {
        return x.abs();
    }

    @Override
    public Tensor sqrt(Tensor x) {
        return x.sqrt();
    }

    @Override
    public Tensor clip(Tensor x, float low, float high) {
        return x.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high)));
    }

    @Override
    public Tensor sumLast(Tensor x) {
        return x.sum(new long[] {-1}, true, new ScalarTypeOptional());
    }

    @Override
    public Tensor sortLast(Tensor x, int size) {
        return torch.sort(x, -1, true).get0();
    }

    @Override
    public Tensor slice(Tensor x, int from, int to) {
        return x.narrow(-1, from, to - from);
    }

    @Override
    public Tensor concat(List<Tensor> parts) {
        return torch.cat(new TensorVector(parts.toArray(new Tensor[0])), 1);
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        long[] full = new long[shape.length + 1];
        full[0] = -1;
        for (int i = 0; i < shape.length; i++) {
            full[i + 1] = shape[i];
        }
        return x.reshape(full);
    }
}
