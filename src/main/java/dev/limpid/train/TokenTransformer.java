package dev.limpid.train;

import dev.limpid.train.Ops.Init;
import java.util.Optional;

/**
 * A small transformer encoder (Vaswani et al. 2017, NeurIPS), normalised before each part, with learned places and GELU. Tokens do not look
 * beyond the end.
 *
 * @param width values of a token, a multiple of {@code heads}
 * @param blocks how many
 * @param heads of attention
 */
public record TokenTransformer(int width, int blocks, int heads) implements TokenNetwork {
    public static final TokenTransformer DEFAULT = new TokenTransformer(32, 2, 2);

    /** Added to the attention that a place beyond the end would get. */
    private static final float NOWHERE = -1e4f;

    @Override
    public <V> V apply(TokenOps<V> ops, V embedded, V real, int length) {
        V x = ops.add(embedded, ops.param("places", Init.SMALL, 64, length, width));
        V one = ops.constant("one", new float[] {1}, 1);
        V beyond = ops.mul(ops.sub(one, real), ops.constant("nowhere", new float[] {NOWHERE}, 1));
        V hidden = ops.reshape(beyond, 1, 1, length);
        for (int block = 0; block < blocks; block++) {
            String name = "block" + block;
            x = ops.add(x, attended(ops, normed(ops, x, name + ".n1"), hidden, name, length));
            V inner = ops.gelu(linear(ops, normed(ops, x, name + ".n2"), name + ".up", width, 2 * width, Init.KAIMING));
            x = ops.add(x, linear(ops, inner, name + ".down", 2 * width, width, Init.SMALL));
        }
        return ops.permute(normed(ops, x, "last"), 0, 2, 1);
    }

    private <V> V attended(TokenOps<V> ops, V x, V hidden, String name, int length) {
        int size = width / heads;
        V query = split(ops, linear(ops, x, name + ".q", width, width, Init.SMALL), length);
        V key = split(ops, linear(ops, x, name + ".k", width, width, Init.SMALL), length);
        V value = split(ops, linear(ops, x, name + ".v", width, width, Init.KAIMING), length);
        V root = ops.constant(name + ".root", new float[] {(float) (1 / Math.sqrt(size))}, 1);
        V scores = ops.add(ops.mul(ops.matmul(query, ops.permute(key, 0, 1, 3, 2)), root), hidden);
        V mixed = ops.permute(ops.matmul(ops.softmaxLast(scores), value), 0, 2, 1, 3);
        return linear(ops, ops.reshape(mixed, length, width), name + ".out", width, width, Init.SMALL);
    }

    /** {@code [B, T, width]} to {@code [B, heads, T, width / heads]}. */
    private <V> V split(TokenOps<V> ops, V x, int length) {
        return ops.permute(ops.reshape(x, length, heads, width / heads), 0, 2, 1, 3);
    }

    private static <V> V linear(TokenOps<V> ops, V x, String name, int in, int out, Init init) {
        V product = ops.matmul(x, ops.param(name + ".weight", init, in, in, out));
        return ops.add(product, ops.param(name + ".bias", Init.ZEROS, in, out));
    }

    /** The gain is learned as what it differs from 1 by. */
    private <V> V normed(TokenOps<V> ops, V x, String name) {
        V gain = ops.add(ops.param(name + ".gain", Init.ZEROS, width, width), ops.constant("one", new float[] {1}, 1));
        return ops.layerNorm(x, gain, ops.param(name + ".bias", Init.ZEROS, width, width));
    }

    @Override
    public Optional<String> problem() {
        if (width < 1 || width > 4096 || heads < 1 || width % heads != 0) {
            return Optional.of(
                    "train.width is " + width + ", needs 1 to 4096 and a multiple of train.heads = " + heads);
        }
        return blocks < 1 || blocks > 16
                ? Optional.of("train.blocks is " + blocks + ", needs 1 to 16")
                : Optional.empty();
    }

    @Override
    public String form() {
        return "transformer of " + blocks + " blocks, width " + width + ", heads " + heads;
    }
}
