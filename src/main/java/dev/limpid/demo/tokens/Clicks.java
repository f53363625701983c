package dev.limpid.demo.tokens;

import dev.limpid.demo.RecordDemo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The records in which the visits to a shop come: the clicks of a visit, in one record or a few; those of several visits at a time. One record
 * in {@value #BAD_ONE_IN} is no clicks at all. Grows as it is asked for more. Confined to one thread.
 */
final class Clicks implements RecordDemo.Feed {
    private static final int BAD_ONE_IN = 500;
    private static final int AT_ONCE = 8;
    private static final int MOST_PARTS = 3;

    private final ShopSimulator shop;
    private final RandomGenerator random;
    private final List<Part> parts = new ArrayList<>();
    /** What is still to come of the visits that are on. */
    private final List<List<Part>> open = new ArrayList<>();

    private long visits;

    Clicks(ShopSimulator shop) {
        this.shop = shop;
        this.random = new SplittableRandom(shop.seed());
    }

    /**
     * Clicks of a visit.
     *
     * @param visit its number; -1: the record is bad
     * @param from place of the first among the visit's
     */
    record Part(long visit, int from, List<String> clicks) {
        boolean bad() {
            return visit < 0;
        }
    }

    /** What record {@code n} holds. */
    Part part(long n) {
        while (parts.size() <= n) {
            parts.add(parts.size() % BAD_ONE_IN == BAD_ONE_IN - 1 ? new Part(-1, 0, List.of()) : next());
        }
        return parts.get((int) n);
    }

    private Part next() {
        while (open.size() < AT_ONCE) {
            open.add(parted(visits, shop.visit(visits).sent()));
            visits++;
        }
        int which = random.nextInt(AT_ONCE);
        List<Part> rest = open.get(which);
        Part part = rest.remove(0);
        if (rest.isEmpty()) {
            open.remove(which);
        }
        return part;
    }

    private List<Part> parted(long visit, List<String> clicks) {
        List<Part> of = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_PARTS);
        for (int i = 0; i < count; i++) {
            int from = i * clicks.size() / count;
            int to = (i + 1) * clicks.size() / count;
            of.add(new Part(visit, from, clicks.subList(from, to)));
        }
        return of;
    }

    /** The visits that are on come to their end. */
    @Override
    public long end(long sent) {
        open.forEach(parts::addAll);
        open.clear();
        return parts.size();
    }

    static String key(Part part) {
        return part.bad() ? "nobody" : "visit-" + part.visit();
    }

    /** The visit that a key belongs to. */
    static long visit(String key) {
        return Long.parseLong(key.substring(key.indexOf('-') + 1));
    }

    @Override
    public String key(long n) {
        return key(part(n));
    }

    @Override
    public byte[] value(long n) {
        Part part = part(n);
        return (part.bad() ? "a \0 b" : String.join(" ", part.clicks())).getBytes(StandardCharsets.UTF_8);
    }
}
