package dev.limpid.train;

import java.util.Arrays;
import java.util.List;

/**
 * Normalisation by a window's own noise: centre is the median of its observed samples, unit the noise's standard deviation σ,
 * estimated from the median of the absolute first differences of neighbours that were both observed, {@code median / 0.6745 / √2}
 * (the median absolute deviation of Donoho and Johnstone 1994, on differences as Rice 1984). The network sees how large the signal
 * is in that unit and what colour the noise has, and estimates the noise; so one network serves all scales and all levels of noise.
 *
 * <p>A median is a weighted sum over the sorted values, so that it works for any number of observed samples: missing ones are
 * sorted to the end.
 */
final class NoiseLevel {
    /** σ is at least this share of the window's root mean square around its median: what is cleaner is left nearly alone. */
    static final float LEAST_SHARE = 1 / 64f;

    /** Inputs of the network. */
    static final int FEATURES = 6;

    private static final float LEAST_SQUARE = 1e-24f;
    private static final float LIMIT = 300f;
    private static final float FAR = 3e38f;
    /** Standard deviation over median of the absolute value, for a normal distribution. */
    private static final double NORMAL = 1 / 0.6745;

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
        V one = number(ops, 1);
        V none = ops.mul(ops.sub(one, observed), number(ops, FAR));
        V count = ops.sumLast(observed);
        V some = ops.clip(count, 1, length);
        V middle = median(ops, ops.sub(ops.mul(x, observed), none), count, length);
        V centre = ops.mul(middle, ops.clip(count, 0, 1));
        V centred = ops.mul(ops.sub(x, centre), observed);
        V variance = ops.div(ops.sumLast(ops.mul(centred, centred)), some);

        V steps = difference(ops, centred, length);
        V pairs = product(ops, observed, length);
        V bends = difference(ops, steps, length - 1);
        V triples = product(ops, pairs, length - 1);
        V rough = deviation(ops, steps, pairs, length - 1, NORMAL / Math.sqrt(2));
        V rougher = deviation(ops, bends, triples, length - 2, NORMAL / Math.sqrt(6));
        V floor = ops.add(ops.mul(variance, number(ops, LEAST_SHARE * LEAST_SHARE)), number(ops, LEAST_SQUARE));
        V sigma = ops.sqrt(ops.add(ops.mul(rough, rough), floor));

        V z = ops.clip(ops.div(centred, sigma), -LIMIT, LIMIT);
        V slope = ops.mul(difference(ops, z, length), pairs);
        V ones = ops.constant("ones", filled(length), 1, 1, length);
        V size = ops.div(ops.sqrt(variance), sigma);
        V four = number(ops, 4);
        V level = ops.mul(ops.div(ops.sub(size, four), ops.add(size, four)), number(ops, 2));
        V colour = ops.mul(ops.sub(ops.clip(ops.div(rougher, sigma), 0, 2), one), number(ops, 2));
        V features = ops.concat(List.of(
                ops.mul(z, number(ops, 0.125f)),
                compressed(ops, z),
                compressed(ops, lengthened(ops, slope)),
                observed,
                ops.mul(level, ones),
                ops.mul(colour, ones)));
        return new Normalised<>(centre, sigma, z, features);
    }

    /** Standard deviation, from the median of the absolute {@code values} that are {@code valid}. */
    private static <V> V deviation(Ops<V> ops, V values, V valid, int size, double factor) {
        V marked = ops.add(ops.mul(ops.abs(values), valid), ops.sub(valid, number(ops, 1)));
        V median = median(ops, marked, ops.sumLast(valid), size);
        return ops.mul(ops.relu(median), number(ops, (float) factor));
    }

    /** The median of the {@code count} greatest of {@code size} values; of the greatest one if there is none. */
    private static <V> V median(Ops<V> ops, V values, V count, int size) {
        float[] ranks = new float[size];
        for (int i = 0; i < size; i++) {
            ranks[i] = i;
        }
        V one = number(ops, 1);
        V rank = ops.constant("ranks" + size, ranks, 1, 1, size);
        V place = ops.mul(ops.sub(ops.clip(count, 1, size), one), number(ops, 0.5f));
        V weight = ops.relu(ops.sub(one, ops.abs(ops.sub(rank, place))));
        return ops.sumLast(ops.mul(ops.sortLast(values, size), weight));
    }

    private static <V> V difference(Ops<V> ops, V x, int size) {
        return ops.sub(ops.slice(x, 1, size), ops.slice(x, 0, size - 1));
    }

    private static <V> V product(Ops<V> ops, V x, int size) {
        return ops.mul(ops.slice(x, 1, size), ops.slice(x, 0, size - 1));
    }

    /** One more sample at the end, 0. */
    private <V> V lengthened(Ops<V> ops, V x) {
        V last = ops.mul(ops.slice(x, 0, 1), number(ops, 0));
        return ops.reshape(ops.concat(List.of(ops.reshape(x, length - 1), ops.reshape(last, 1))), 1, length);
    }

    /** Grows as the square root: {@code x / √(1 + |x|) / 1.5}. */
    private static <V> V compressed(Ops<V> ops, V x) {
        V root = ops.sqrt(ops.add(ops.abs(x), number(ops, 1)));
        return ops.div(x, ops.mul(root, number(ops, 1.5f)));
    }

    private static <V> V number(Ops<V> ops, float value) {
        return ops.constant("number" + value, new float[] {value}, 1);
    }

    private static float[] filled(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 1f);
        return values;
    }
}
