package dev.limpid.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a network costs: walks its forward with shapes in the place of tensors, so the count cannot drift from what is
 * computed. A value is the shape of one window, batch axis 1. Counted are the multiply-adds of dense layers and convolutions, beside
 * which the rest is little. Confined to one thread.
 */
class CostOps implements Ops<int[]> {
    private final Map<String, Long> parameters = new LinkedHashMap<>();
    long multiplyAdds;

    /** Trained values so far. */
    final long parameters() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many values each parameter has, by name. */
    Map<String, Long> sizes() {
        return parameters;
    }

    /** Multiply-adds per window so far. */
    final long multiplyAdds() {
        return multiplyAdds;
    }

    @Override
    public int[] param(String name, Init init, int fanIn, int... shape) {
        parameters.put(name, (long) Weights.size(shape));
        return shape;
    }

    @Override
    public int[] constant(String name, float[] values, int... shape) {
        return shape;
    }

    @Override
    public int[] linear(int[] x, int[] weight, int[] bias) {
        multiplyAdds += (long) x[0] * Weights.size(weight);
        return new int[] {x[0], weight[0]};
    }

    @Override
    public int[] conv(int[] x, int[] weight, int[] bias, int stride, int pad, int dilation) {
        int length = shortened(x[2], dilation * (weight[2] - 1) + 1, stride, pad);
        multiplyAdds += (long) x[0] * Weights.size(weight) * length;
        return new int[] {x[0], weight[0], length};
    }

    @Override
    public int[] convTranspose(int[] x, int[] weight, int[] bias, int stride, int pad) {
        multiplyAdds += (long) x[0] * Weights.size(weight) * x[2];
        return new int[] {x[0], weight[1], lengthened(x[2], weight[2], stride, pad)};
    }

    @Override
    public int[] conv2d(int[] x, int[] weight, int[] bias, int stride, int pad) {
        int height = shortened(x[2], weight[2], stride, pad);
        int width = shortened(x[3], weight[3], stride, pad);
        multiplyAdds += (long) x[0] * Weights.size(weight) * height * width;
        return new int[] {x[0], weight[0], height, width};
    }

    @Override
    public int[] convTranspose2d(int[] x, int[] weight, int[] bias, int stride, int pad) {
        multiplyAdds += (long) x[0] * Weights.size(weight) * x[2] * x[3];
        int height = lengthened(x[2], weight[2], stride, pad);
        return new int[] {x[0], weight[1], height, lengthened(x[3], weight[3], stride, pad)};
    }

    @Override
    public int[] maxPool2d(int[] x, int size) {
        return new int[] {x[0], x[1], x[2] / size, x[3] / size};
    }

    private static int shortened(int size, int reach, int stride, int pad) {
        return (size + 2 * pad - reach) / stride + 1;
    }

    private static int lengthened(int size, int kernel, int stride, int pad) {
        return (size - 1) * stride - 2 * pad + kernel;
    }

    @Override
    public int[] add(int[] a, int[] b) {
        return broadcast(a, b);
    }

    @Override
    public int[] sub(int[] a, int[] b) {
        return broadcast(a, b);
    }

    @Override
    public int[] mul(int[] a, int[] b) {
        return broadcast(a, b);
    }

    @Override
    public int[] div(int[] a, int[] b) {
        return broadcast(a, b);
    }

    private static int[] broadcast(int[] a, int[] b) {
        int[] longer = a.length >= b.length ? a : b;
        int[] shorter = a.length >= b.length ? b : a;
        int[] shape = longer.clone();
        for (int i = 0; i < shorter.length; i++) {
            int at = longer.length - shorter.length + i;
            shape[at] = Math.max(shape[at], shorter[i]);
        }
        return shape;
    }

    @Override
    public int[] relu(int[] x) {
        return x;
    }

    @Override
    public int[] leakyRelu(int[] x) {
        return x;
    }

    @Override
    public int[] gelu(int[] x) {
        return x;
    }

    @Override
    public int[] tanh(int[] x) {
        return x;
    }

    @Override
    public int[] sigmoid(int[] x) {
        return x;
    }

    @Override
    public int[] abs(int[] x) {
        return x;
    }

    @Override
    public int[] sqrt(int[] x) {
        return x;
    }

    @Override
    public int[] clip(int[] x, float low, float high) {
        return x;
    }

    @Override
    public int[] sumLast(int[] x) {
        return slice(x, 0, 1);
    }

    @Override
    public int[] sortLast(int[] x, int size) {
        return x;
    }

    @Override
    public int[] slice(int[] x, int from, int to) {
        int[] shape = x.clone();
        shape[shape.length - 1] = to - from;
        return shape;
    }

    @Override
    public int[] concat(List<int[]> parts) {
        int[] shape = parts.get(0).clone();
        shape[1] = parts.stream().mapToInt(part -> part[1]).sum();
        return shape;
    }

    @Override
    public int[] reshape(int[] x, int... shape) {
        int[] full = new int[shape.length + 1];
        full[0] = Math.max(1, Weights.size(x) / Weights.size(shape));
        System.arraycopy(shape, 0, full, 1, shape.length);
        if (Weights.size(full) != Weights.size(x)) {
            throw new IllegalArgumentException(
                    "a window of " + Weights.size(x) + " values becomes none of " + Weights.size(full));
        }
        return full;
    }
}
