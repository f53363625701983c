package dev.limpid.train;

import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.CountVectors;
import dev.limpid.train.tokens.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What judges a window of tokens as a whole, in the graph: each {@link Check}'s value over its threshold, and of these the greatest.
 *
 * @param counts the prototypes of the windows' counts
 * @param shortest fewest tokens of a training window
 * @param longest most tokens of a training window
 * @param greatest how many of the greatest negative log-likelihoods {@link Check#SURPRISE} sums
 */
record WindowChecks(CountVectors counts, int shortest, int longest, int greatest) {
    /**
     * What windows come to, in the order of {@link Check}.
     *
     * @param values the checks' values, {@code [B, checks]}
     * @param parts by check, how much each token has a part in its value, {@code [B, T]}; none is negative
     */
    record Judged<V>(V values, List<V> parts) {}

    /**
     * Judges windows.
     *
     * @param x ids {@code [B, T]}
     * @param clean likeliest ids {@code [B, T]}
     * @param error negative log-likelihoods {@code [B, T]}
     * @param length T
     */
    <V> Judged<V> judged(TokenOps<V> ops, V x, V clean, V error, int length) {
        V ids = ops.real(x);
        V real = atLeast(ops, ids, 1);
        V known = atLeast(ops, ids, Kind.Tokens.FIRST);
        V seen = atLeast(ops, ids, Kind.Tokens.UNKNOWN);
        V surprise = ops.mul(error, known);
        V tokens = ops.sumLast(real);
        List<V> values = new ArrayList<>();
        V first = ops.constant("first", first(length), 1, length);
        V sorted = ops.sortLast(surprise, length);
        values.add(sum(ops, ops.mul(sorted, first), length));
        values.add(ops.div(sum(ops, surprise, length), ops.clip(ops.sumLast(known), 1, length)));
        V unknown = ops.sub(seen, known);
        values.add(ops.sumLast(unknown));
        V longer = ops.sub(tokens, constant(ops, "longest", longest));
        V shorter = ops.sub(constant(ops, "shortest", shortest), tokens);
        values.add(ops.add(ops.relu(longer), ops.relu(shorter)));
        // what is known to be missing counts as what it most likely was
        V filled = ops.choose(ops.sub(real, seen), clean, x);
        Counted<V> counted = counted(ops, filled);
        values.add(counted.distance());
        int most = Math.min(greatest, length);
        V below = ops.sub(ops.slice(sorted, most - 1, most), surprise);
        List<V> parts = List.of(
                ops.choose(below, ops.mul(surprise, constant(ops, "nothing", 0)), surprise),
                surprise,
                unknown,
                ops.mul(real, ops.constant("beyond", beyond(length), 1, length)),
                // nobody is to blame for what is not there
                ops.mul(ops.columnAt(counted.excess(), filled, counts.columns()), seen));
        return new Judged<>(ops.concat(values), parts);
    }

    private float[] first(int length) {
        float[] first = new float[length];
        Arrays.fill(first, 0, Math.min(greatest, length), 1);
        return first;
    }

    private float[] beyond(int length) {
        float[] beyond = new float[length];
        Arrays.fill(beyond, Math.min(longest, length), length, 1);
        return beyond;
    }

    /**
     * The sum of each row, {@code [B, length]} to {@code [B, 1]}. ONNX Runtime sums vectors from the first aligned address on, so rows
     * that are no multiple of a vector long would have other last bits at other places of a batch: they are filled up with zeros.
     */
    private static <V> V sum(TokenOps<V> ops, V rows, int length) {
        int rest = length % CountVectors.VECTOR;
        if (rest == 0) {
            return ops.sumLast(rows);
        }
        int more = CountVectors.VECTOR - rest;
        V zeros = ops.mul(ops.slice(rows, 0, 1), ops.constant("zeros", new float[more], 1, more));
        return ops.sumLast(ops.concat(List.of(rows, zeros)));
    }

    /** 1 where an id is {@code least} or more, else 0. */
    private static <V> V atLeast(TokenOps<V> ops, V ids, int least) {
        return least == 1
                ? ops.clip(ids, 0, 1)
                : ops.clip(ops.sub(ids, constant(ops, "before" + least, least - 1)), 0, 1);
    }

    private static <V> V constant(TokenOps<V> ops, String name, float value) {
        return ops.constant(name, new float[] {value}, 1);
    }

    /**
     * How windows lie to their nearest prototypes.
     *
     * @param distance {@link CountVectors#distance}, {@code [B, 1]}
     * @param excess by how much each count is above the prototype's, weighted, for each token of it, {@code [B, columns]}
     */
    private record Counted<V>(V distance, V excess) {}

    private <V> Counted<V> counted(TokenOps<V> ops, V x) {
        int columns = counts.columns();
        int size = counts.size();
        V here = ops.reshape(ops.counts(x, columns), 1, columns);
        float[] prototypes = counts.values();
        float[] weights = counts.weights();
        float[] totals = new float[size];
        for (int i = 0; i < prototypes.length; i++) {
            totals[i / columns] += prototypes[i] * weights[i % columns];
        }
        V weight = ops.constant("weights", weights, 1, 1, columns);
        V there = ops.constant("prototypes", prototypes, size, columns);
        V difference = ops.sumLast(ops.mul(ops.abs(ops.sub(there, here)), weight));
        V sum = ops.add(ops.sumLast(ops.mul(here, weight)), ops.constant("totals", totals, 1, size, 1));
        // max(a, b) is half of a + b + |a - b|
        V most = ops.clip(ops.mul(ops.add(sum, difference), constant(ops, "half", 0.5f)), 1e-6f, Float.MAX_VALUE);
        V nearness = ops.sub(constant(ops, "nothing", 0), ops.reshape(ops.div(difference, most), size));
        V nearest = ops.embed(ops.argMaxLast(ops.reshape(nearness, 1, size)), there);
        V excess = ops.mul(ops.relu(ops.sub(here, nearest)), weight);
        V each = ops.div(excess, ops.clip(here, 1, Float.MAX_VALUE));
        return new Counted<>(ops.sub(constant(ops, "nothing", 0), ops.maxLast(nearness)), ops.reshape(each, columns));
    }

    /** The values over their thresholds, {@code [B, checks]}: the greatest is the score, and its place the reason. */
    <V> V multiples(TokenOps<V> ops, V values, Thresholds thresholds) {
        float[] scales = new float[Check.values().length];
        for (Check check : Check.values()) {
            scales[check.place()] = (float) thresholds.of(check);
        }
        return ops.div(values, ops.constant("thresholds", scales, 1, scales.length));
    }

    /**
     * Each token's share of what its window stands out by, the check with the greatest of {@link #multiples}: {@code [B, length]}, 0 to 1.
     * All of a window's are 0 if none has a part in it, as where it is too short.
     *
     * @param parts see {@link Judged}
     */
    static <V> V contribution(TokenOps<V> ops, V multiples, List<V> parts, int length) {
        int checks = parts.size();
        V reason = ops.counts(ops.argMaxLast(ops.reshape(multiples, 1, checks)), checks);
        V part = ops.mul(parts.get(0), ops.slice(reason, 0, 1));
        for (int check = 1; check < checks; check++) {
            part = ops.add(part, ops.mul(parts.get(check), ops.slice(reason, check, check + 1)));
        }
        return ops.div(part, ops.clip(sum(ops, part, length), 1e-6f, Float.MAX_VALUE));
    }
}
