package dev.limpid.demo.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Visits to a shop: visit {@code n} of a seed is the same wherever it is asked for, so that whoever reads knows the truth of each.
 *
 * <p>A visitor comes home, signs in or not, looks for goods of one kind, and buys or not. Some clicks are free; others follow from what
 * came long before: which page of a product there is from the kind of goods, whether paying asks for a sign-in from whether there was one.
 * So a model of clicks must look at all of a visit.
 *
 * @param seed where all chance comes from
 */
public record ShopSimulator(long seed) {
    /** The text of a click that is known to be lost; {@code tokens.masked} of {@code topology/shop.yaml}. */
    public static final String LOST = "[MASK]";

    /** The click that ends a visit. */
    public static final String END = "leave";

    /** A click that no visit has. */
    public static final String FOREIGN = "wp-login.php";

    /** One visit in so many has a fault. */
    private static final int FAULT_ONE_IN = 4;

    private static final List<ShopFault> FAULTS = List.of(ShopFault.values());

    private static final List<Goods> GOODS = List.of(
            new Goods("shoes", "sizes", "delivery"),
            new Goods("books", "preview", "delivery"),
            new Goods("films", "trailer", "licence"));

    /** Clicks that always follow the one before: what a fault skips. */
    private static final List<String> BOUND = List.of("photos", "basket", "welcome", "address", "bank", "receipt");

    /**
     * A kind of goods.
     *
     * @param page where a product of it is looked at
     * @param handing how it is handed over
     */
    private record Goods(String name, String page, String handing) {}

    /**
     * A visit.
     *
     * @param truth what was clicked
     * @param sent what came of it; with {@link ShopFault#LOST} and {@link ShopFault#REPLACED} click for click
     * @param fault what happened to it on its way
     */
    public record Visit(List<String> truth, List<String> sent, Optional<ShopFault> fault) {
        public Visit {
            truth = List.copyOf(truth);
            sent = List.copyOf(sent);
        }
    }

    /** Visit {@code n}, one in four with a fault. */
    public Visit visit(long n) {
        RandomGenerator random = random(n);
        List<String> truth = whole(random);
        if (random.nextInt(FAULT_ONE_IN) != 0) {
            return new Visit(truth, truth, Optional.empty());
        }
        ShopFault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        return new Visit(truth, spoilt(truth, fault, random), Optional.of(fault));
    }

    /** The clicks of visit {@code n} as they were. */
    List<String> truth(long n) {
        return whole(random(n));
    }

    private RandomGenerator random(long n) {
        return new SplittableRandom(seed * 1_000_003 + n);
    }

    private static List<String> whole(RandomGenerator random) {
        List<String> clicks = new ArrayList<>(List.of("home"));
        Goods goods = GOODS.get(random.nextInt(GOODS.size()));
        boolean known = random.nextInt(4) == 0;
        if (known) {
            clicks.addAll(List.of("login", "welcome"));
        }
        boolean filled = false;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            clicks.addAll(List.of(random.nextBoolean() ? "search" : "menu", goods.name()));
            for (int products = 1 + random.nextInt(2); products > 0; products--) {
                clicks.addAll(List.of("product", "photos", goods.page()));
                if (random.nextInt(4) == 0) {
                    clicks.add("reviews");
                }
                if (random.nextInt(3) == 0) {
                    clicks.addAll(List.of("add", "basket"));
                    filled = true;
                }
            }
        }
        if (filled && random.nextInt(4) != 0) {
            clicks.add("checkout");
            if (!known) {
                clicks.addAll(List.of("login", "welcome"));
            }
            clicks.addAll(List.of("address", goods.handing(), "payment", "bank", "receipt"));
        }
        clicks.add(END);
        return clicks;
    }

    /** The last click stays what it is: it ends the visit. */
    private static List<String> spoilt(List<String> truth, ShopFault fault, RandomGenerator random) {
        List<String> sent = new ArrayList<>(truth);
        int place = random.nextInt(truth.size() - 1);
        switch (fault) {
            case LOST -> {
                for (int i = Math.max(1, truth.size() / 10); i > 0; i--) {
                    sent.set(random.nextInt(truth.size() - 1), LOST);
                }
            }
            case REPLACED -> sent.set(place, other(truth.get(place), random));
            case LOOP -> {
                int from = Math.min(place, truth.size() - 3);
                List<String> again = List.copyOf(truth.subList(from, from + 2));
                for (int round = 3 + random.nextInt(4); round > 0; round--) {
                    sent.addAll(from, again);
                }
            }
            case SKIPPED -> sent.remove(bound(truth, random));
            case FOREIGN -> sent.add(place, FOREIGN);
        }
        return sent;
    }

    private static String other(String click, RandomGenerator random) {
        List<String> others =
                new ArrayList<>(List.of("home", "search", "menu", "product", "add", "checkout", "payment"));
        others.addAll(BOUND);
        GOODS.forEach(goods -> others.addAll(List.of(goods.name(), goods.page(), goods.handing())));
        others.remove(click);
        return others.get(random.nextInt(others.size()));
    }

    /** Each visit has one: it looks at a product. */
    private static int bound(List<String> truth, RandomGenerator random) {
        int place = random.nextInt(truth.size());
        while (!BOUND.contains(truth.get(place))) {
            place = (place + 1) % truth.size();
        }
        return place;
    }
}
