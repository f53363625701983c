package dev.limpid.train;

import dev.limpid.signal.Kind;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A masked model of tokens: says of each token how likely any token is there by all the others, and how many tokens are missing right
 * before it.
 *
 * <p>In training some tokens are hidden (id 1). When it serves, every token is hidden once: {@code masks} copies of a window, in the
 * {@code r}-th of which the places that leave rest {@code r} when divided by {@code masks} are hidden, run side by side on the batch axis;
 * of each copy what it says of its hidden places is kept. So a token is judged by its context only.
 *
 * @param network its body
 * @param ids of the vocabulary, those of padding, masked and unknown tokens among them
 * @param length tokens of a window
 * @param masks copies
 */
record MaskedModel(TokenNetwork network, int ids, int length, int masks) {
    /** The most missing tokens that are told apart; more count as so many. */
    static final int MOST_MISSING = 4;

    /** Takes padding, masked and unknown out of what a token may be. */
    private static final float NEVER = -30f;

    /** Beyond the end only padding may stand. */
    private static final float ALWAYS = 100f;

    /**
     * What is said of tokens.
     *
     * @param logits {@code [B, T, ids]}
     * @param missing logits of 0 to {@link #MOST_MISSING} tokens missing before it, {@code [B, T, MOST_MISSING + 1]}
     */
    record Said<V>(V logits, V missing) {}

    /**
     * What is said of a window when it serves.
     *
     * @param logits {@code [B, T, ids]}, each by the others only
     * @param missingBefore probability that a token is missing before it, {@code [B, T]}
     * @param missingCount the likeliest number of those, if one is, 1 to {@link #MOST_MISSING}; 0 beyond the end, {@code [B, T]}
     * @param real {@code [B, T]}, 1 where a token stands
     */
    record Served<V>(V logits, V missingBefore, V missingCount, V real) {}

    /** What it says of {@code x [B, T]}, in which whatever is to be hidden is. */
    <V> Said<V> said(TokenOps<V> ops, V x) {
        V real = real(ops, x);
        V hidden = network.apply(ops, ops.embed(x, table(ops)), real, length);
        return new Said<>(logits(ops, hidden, real), missing(ops, hidden));
    }

    /** What it says of each token of {@code x [B, T]} by the others. */
    <V> Served<V> served(TokenOps<V> ops, V x) {
        int width = network.width();
        V real = real(ops, x);
        V each = ops.reshape(real, length, 1);
        V embedded = ops.embed(x, table(ops));
        V toMask = ops.sub(mask(ops, width), embedded);
        List<V> shown = new ArrayList<>();
        List<V> reals = new ArrayList<>();
        for (int rest = 0; rest < masks; rest++) {
            V hiding = ops.mul(each, places(ops, "hidden", rest, length, 1));
            shown.add(ops.add(embedded, ops.mul(hiding, toMask)));
            reals.add(real);
        }
        V copies = ops.reshape(ops.concat(shown), length, width);
        V hidden = network.apply(ops, copies, ops.reshape(ops.concat(reals), length), length);
        V kept = merged(ops, hidden, width);
        V counts = missingCounts(ops, hidden);
        V some = ops.sub(ops.constant("one", new float[] {1}, 1), ops.reshape(ops.slice(counts, 0, 1), length));
        V likeliest = ops.argMaxLast(ops.sub(counts, ops.constant("counted", counted(), 1, 1, MOST_MISSING + 1)));
        // beyond the end stands padding, which is 0
        return new Served<>(logits(ops, kept, real), ops.mul(some, real), ops.choose(real, likeliest, x), real);
    }

    /** Of each copy what stands at its hidden places: {@code [B · masks, width, T]} to {@code [B, width, T]}. */
    private <V> V merged(TokenOps<V> ops, V hidden, int width) {
        V side = ops.reshape(hidden, masks * width * length);
        V whole = null;
        for (int rest = 0; rest < masks; rest++) {
            V copy = ops.reshape(ops.slice(side, rest * width * length, (rest + 1) * width * length), width, length);
            V kept = ops.mul(copy, places(ops, "kept", rest, 1, length));
            whole = whole == null ? kept : ops.add(whole, kept);
        }
        if (whole == null) {
            throw new IllegalStateException("no masks");
        }
        return whole;
    }

    /** Probabilities of 0 to {@link #MOST_MISSING} tokens missing before it, the mean over the copies: {@code [B, T, MOST_MISSING + 1]}. */
    private <V> V missingCounts(TokenOps<V> ops, V hidden) {
        int size = length * (MOST_MISSING + 1);
        V side = ops.reshape(ops.softmaxLast(missing(ops, hidden)), masks * size);
        V sum = ops.slice(side, 0, size);
        for (int rest = 1; rest < masks; rest++) {
            sum = ops.add(sum, ops.slice(side, rest * size, (rest + 1) * size));
        }
        return ops.reshape(ops.div(sum, ops.constant("masks", new float[] {masks}, 1)), length, MOST_MISSING + 1);
    }

    /** Taken from probabilities, lets none missing never be the likeliest. */
    private static float[] counted() {
        float[] counted = new float[MOST_MISSING + 1];
        counted[0] = 2;
        return counted;
    }

    private <V> V logits(TokenOps<V> ops, V hidden, V real) {
        V logits = ops.permute(pointwise(ops, hidden, "token", ids), 0, 2, 1);
        float[] never = new float[ids];
        Arrays.fill(never, 0, Kind.Tokens.FIRST, NEVER);
        float[] padding = new float[ids];
        padding[Kind.Tokens.PADDING] = ALWAYS;
        V beyond = ops.reshape(ops.sub(ops.constant("one", new float[] {1}, 1), real), length, 1);
        return ops.add(
                ops.add(logits, ops.constant("never", never, 1, 1, ids)),
                ops.mul(beyond, ops.constant("padding", padding, 1, 1, ids)));
    }

    private <V> V missing(TokenOps<V> ops, V hidden) {
        return ops.permute(pointwise(ops, hidden, "missing", MOST_MISSING + 1), 0, 2, 1);
    }

    private <V> V pointwise(TokenOps<V> ops, V hidden, String name, int out) {
        V weight = ops.param(name + ".weight", Init.SMALL, network.width(), out, network.width(), 1);
        return ops.conv(hidden, weight, ops.param(name + ".bias", Init.ZEROS, 1, out), 1, 0);
    }

    private <V> V table(TokenOps<V> ops) {
        return ops.param("embedding", Init.KAIMING, 6, ids, network.width());
    }

    /** The mask's row of the table, {@code [1, 1, width]}. */
    private <V> V mask(TokenOps<V> ops, int width) {
        V columns = ops.permute(table(ops), 1, 0);
        return ops.reshape(ops.slice(columns, Kind.Tokens.MASKED, Kind.Tokens.MASKED + 1), 1, width);
    }

    private static <V> V real(TokenOps<V> ops, V x) {
        return ops.clip(ops.real(x), 0, 1);
    }

    private <V> V places(TokenOps<V> ops, String name, int rest, int rows, int columns) {
        float[] values = new float[length];
        for (int i = rest; i < length; i += masks) {
            values[i] = 1;
        }
        return ops.constant(name + rest, values, 1, rows, columns);
    }
}
