package dev.limpid.service;

import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A bounded sample of a topic that no chatty series owns: of all series a fixed number, each as likely as any other however often it
 * speaks, and of each of those equally many pieces at most, each as likely as any other of the series.
 *
 * <p>Both are reservoirs (Vitter 1985) in their form with random keys (Fan, Muller and Rezucha 1962): every item draws a number, and
 * those with the lowest are kept. The numbers are hashes of seed, series and place, so the sample does not depend on how the partitions came
 * interleaved, a series that was dropped need not be remembered (Cohen and Kaplan 2007), and shares may shrink as series appear.
 *
 * <p>{@code most} pieces are kept; with {@code n} series, {@code most / n} of each. Confined to one thread.
 *
 * @param <I> what a piece is
 */
final class FairSample<I extends FairSample.Item> {
    private final int most;
    private final int mostSeries;
    private final long seed;
    private final Consumer<SeriesKey> dropped;
    private final TreeMap<Long, SeriesKey> order = new TreeMap<>();
    private final Map<SeriesKey, Kept<I>> kept = new HashMap<>();

    private int share = Integer.MAX_VALUE;

    /** What is sampled. */
    interface Item {
        SeriesKey series();

        /** Its place among those of the series, as {@link #next} gave it. */
        long number();
    }

    private record Numbered<I>(long number, I item) {}

    private static final class Kept<I> {
        private final PriorityQueue<Numbered<I>> items = new PriorityQueue<>(
                Comparator.comparingLong((Numbered<I> each) -> each.number()).reversed());
        private long seen;
    }

    /**
     * @param most pieces
     * @param mostSeries series, at most as many as pieces
     * @param dropped hears of series that made room for another
     */
    FairSample(int most, int mostSeries, long seed, Consumer<SeriesKey> dropped) {
        if (mostSeries < 1 || most < mostSeries) {
            throw new IllegalArgumentException(most + " pieces of " + mostSeries + " series, wanted at least one each");
        }
        this.most = most;
        this.mostSeries = mostSeries;
        this.seed = seed;
        this.dropped = dropped;
    }

    /** Whether a series is in the sample; asks for a place if it is new. */
    boolean wants(SeriesKey series) {
        if (kept.containsKey(series)) {
            return true;
        }
        long number = mixed(seed ^ hash(series));
        if (order.containsKey(number) || (order.size() == mostSeries && number > order.lastKey())) {
            return false;
        }
        order.put(number, series);
        kept.put(series, new Kept<>());
        if (order.size() > mostSeries) {
            SeriesKey out = order.pollLastEntry().getValue();
            kept.remove(out);
            dropped.accept(out);
        }
        int now = Math.max(1, most / kept.size());
        if (now < share) {
            share = now;
            kept.values().forEach(this::shrink);
        }
        return true;
    }

    /** The number that the next piece of a series has. */
    long next(SeriesKey series) {
        Kept<I> of = kept.get(series);
        return of == null ? 0 : of.seen;
    }

    /** Takes a piece of a series, or not. */
    void take(I item) {
        Kept<I> of = kept.get(item.series());
        if (of != null) {
            of.seen++;
            of.items.add(new Numbered<>(mixed(mixed(seed ^ hash(item.series())) + item.number()), item));
            shrink(of);
        }
    }

    private void shrink(Kept<I> of) {
        while (of.items.size() > share) {
            of.items.remove();
        }
    }

    /** Series that have a place, with or without a whole piece. */
    int series() {
        return kept.size();
    }

    /** What is kept now, by series and time: always in the same order. */
    List<I> items() {
        List<I> all = new ArrayList<>();
        order.values().forEach(series -> {
            Kept<I> of = kept.get(series);
            if (of != null) {
                of.items.stream()
                        .map(Numbered::item)
                        .sorted(Comparator.comparingLong(Item::number))
                        .forEach(all::add);
            }
        });
        return all;
    }

    /** FNV-1a (Fowler, Noll and Vo 1991), mixed afterwards. */
    private static long hash(SeriesKey series) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : series.bytes()) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mixed(long bits) {
        return new SplittableRandom(bits).nextLong();
    }
}
