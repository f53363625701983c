package dev.limpid.train;

/** {@link CostOps} for networks of tokens: of what they have beside the others, only matrix products count. Confined to one thread. */
final class TokenCostOps extends CostOps implements TokenOps<int[]> {
    @Override
    public int[] embed(int[] ids, int[] table) {
        return new int[] {ids[0], ids[1], table[1]};
    }

    @Override
    public int[] real(int[] ids) {
        return ids;
    }

    @Override
    public int[] counts(int[] ids, int columns) {
        return new int[] {ids[0], columns};
    }

    @Override
    public int[] columnAt(int[] x, int[] ids, int columns) {
        return ids;
    }

    @Override
    public int[] pickLast(int[] x, int[] ids) {
        return ids;
    }

    @Override
    public int[] argMaxLast(int[] x) {
        return new int[] {x[0], x[1]};
    }

    @Override
    public int[] choose(int[] flags, int[] first, int[] second) {
        return first;
    }

    @Override
    public int[] maxLast(int[] x) {
        return slice(x, 0, 1);
    }

    @Override
    public int[] softmaxLast(int[] x) {
        return x;
    }

    @Override
    public int[] logSoftmaxLast(int[] x) {
        return x;
    }

    @Override
    public int[] matmul(int[] a, int[] b) {
        int[] shape = a.clone();
        shape[shape.length - 1] = b[b.length - 1];
        multiplyAdds += (long) Weights.size(a) * b[b.length - 1];
        return shape;
    }

    @Override
    public int[] layerNorm(int[] x, int[] gain, int[] bias) {
        return x;
    }

    @Override
    public int[] permute(int[] x, int... axes) {
        int[] shape = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            shape[i] = x[axes[i]];
        }
        return shape;
    }
}
