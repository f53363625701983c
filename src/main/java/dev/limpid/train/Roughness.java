package dev.limpid.train;

/**
 * How rough windows are, each channel by itself. Of white noise on a signal that moves little from sample to sample, {@link #first} is
 * the standard deviation: from the median of the absolute first differences of neighbours that were both observed,
 * {@code median / 0.6745 / √2} (the median absolute deviation of Donoho and Johnstone 1994, on differences as Rice 1984). Second
 * differences give the same of white noise, less of red, more of blue: what colour it has.
 *
 * <p>A median is a weighted sum over the sorted values, so that it works for any number of observed samples: missing ones are
 * sorted to the end.
 *
 * @param pairs 1 where a sample and the next were observed, else 0, {@code [B, channel, T - 1]}
 * @param first {@code [B, channel, 1]}, in the unit of the window
 * @param second {@code [B, channel, 1]}
 */
record Roughness<V>(V pairs, V first, V second) {
    /** Standard deviation over median of the absolute value, for a normal distribution. */
    private static final double NORMAL = 1 / 0.6745;

    /** Of {@code x}, {@code observed} {@code [B, channel, T]}; {@code length}: T. */
    static <V> Roughness<V> of(Ops<V> ops, V x, V observed, int length) {
        V steps = difference(ops, x, length);
        V pairs = product(ops, observed, length);
        V bends = difference(ops, steps, length - 1);
        V triples = product(ops, pairs, length - 1);
        V first = deviation(ops, steps, pairs, length - 1, NORMAL / Math.sqrt(2));
        V second = deviation(ops, bends, triples, length - 2, NORMAL / Math.sqrt(6));
        return new Roughness<>(pairs, first, second);
    }

    /** What a network is told of the colour: 0 for white noise of deviation {@code sigma}, from -2 to 2. */
    V colour(Ops<V> ops, V sigma) {
        V one = number(ops, 1);
        return ops.mul(ops.sub(ops.clip(ops.div(second, sigma), 0, 2), one), number(ops, 2));
    }

    /** Standard deviation, from the median of the absolute {@code values} that are {@code valid}. */
    private static <V> V deviation(Ops<V> ops, V values, V valid, int size, double factor) {
        V marked = ops.add(ops.mul(ops.abs(values), valid), ops.sub(valid, number(ops, 1)));
        V median = median(ops, marked, ops.sumLast(valid), size);
        return ops.mul(ops.relu(median), number(ops, (float) factor));
    }

    /** The median of the {@code count} greatest of {@code size} values; of the greatest one if there is none. */
    static <V> V median(Ops<V> ops, V values, V count, int size) {
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

    static <V> V difference(Ops<V> ops, V x, int size) {
        return ops.sub(ops.slice(x, 1, size), ops.slice(x, 0, size - 1));
    }

    private static <V> V product(Ops<V> ops, V x, int size) {
        return ops.mul(ops.slice(x, 1, size), ops.slice(x, 0, size - 1));
    }

    static <V> V number(Ops<V> ops, float value) {
        return ops.constant("number" + value, new float[] {value}, 1);
    }
}
