package dev.limpid.train;

import java.util.Arrays;
import java.util.List;

/**
 * Normalisation by a window's own noise: centre is the median of its observed samples, unit the noise's standard deviation σ by its
 * {@link Roughness}. The network sees how large the signal is in that unit and what colour the noise has, and estimates the noise; so one
 * network serves all scales and all levels of noise.
 */
final class NoiseLevel {
    /** σ is at least this share of the window's root mean square around its median: what is cleaner is left nearly alone. */
    static final float LEAST_SHARE = 1 / 64f;

    /** Inputs of the network. */
    static final int FEATURES = 6;

    private static final float LEAST_SQUARE = 1e-24f;
    private static final float LIMIT = 300f;
    private static final float FAR = 3e38f;

    private final int length;

    NoiseLevel(int length) {
        this.length = length;
    }

    /**
     * A window of one channel and what is known of it, each {@code [B, 1, 1]} or {@code [B, features, T]}.
     *
     * @param z in units of σ from the centre, 0 where missing
     */
    record Normalised<V>(V centre, V sigma, V z, V features) {}

    /** Normalises {@code x}, {@code observed} {@code [B, 1, T]}. */
    <V> Normalised<V> of(Ops<V> ops, V x, V observed) {
        V one = Roughness.number(ops, 1);
        V none = ops.mul(ops.sub(one, observed), Roughness.number(ops, FAR));
        V count = ops.sumLast(observed);
        V some = ops.clip(count, 1, length);
        V middle = Roughness.median(ops, ops.sub(ops.mul(x, observed), none), count, length);
        V centre = ops.mul(middle, ops.clip(count, 0, 1));
        V centred = ops.mul(ops.sub(x, centre), observed);
        V variance = ops.div(ops.sumLast(ops.mul(centred, centred)), some);

        Roughness<V> rough = Roughness.of(ops, centred, observed, length);
        V floor = ops.add(
                ops.mul(variance, Roughness.number(ops, LEAST_SHARE * LEAST_SHARE)),
                Roughness.number(ops, LEAST_SQUARE));
        V sigma = ops.sqrt(ops.add(ops.mul(rough.first(), rough.first()), floor));

        V z = ops.clip(ops.div(centred, sigma), -LIMIT, LIMIT);
        V slope = ops.mul(Roughness.difference(ops, z, length), rough.pairs());
        V ones = ops.constant("ones", filled(length), 1, 1, length);
        V size = ops.div(ops.sqrt(variance), sigma);
        V four = Roughness.number(ops, 4);
        V level = ops.mul(ops.div(ops.sub(size, four), ops.add(size, four)), Roughness.number(ops, 2));
        V colour = rough.colour(ops, sigma);
        V features = ops.concat(List.of(
                ops.mul(z, Roughness.number(ops, 0.125f)),
                compressed(ops, z),
                compressed(ops, lengthened(ops, slope)),
                observed,
                ops.mul(level, ones),
                ops.mul(colour, ones)));
        return new Normalised<>(centre, sigma, z, features);
    }

    /** The features of the negative window. */
    static <V> V negative(Ops<V> ops, V features) {
        return ops.mul(features, ops.constant("signs", new float[] {-1, -1, -1, 1, 1, 1}, 1, FEATURES, 1));
    }

    /** One more sample at the end, 0. */
    private <V> V lengthened(Ops<V> ops, V x) {
        V last = ops.mul(ops.slice(x, 0, 1), Roughness.number(ops, 0));
        return ops.reshape(ops.concat(List.of(ops.reshape(x, length - 1), ops.reshape(last, 1))), 1, length);
    }

    /** Grows as the square root: {@code x / √(1 + |x|) / 1.5}. */
    private static <V> V compressed(Ops<V> ops, V x) {
        V root = ops.sqrt(ops.add(ops.abs(x), Roughness.number(ops, 1)));
        return ops.div(x, ops.mul(root, Roughness.number(ops, 1.5f)));
    }

    private static float[] filled(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 1f);
        return values;
    }
}
