package dev.limpid.demo.tokens;

import dev.limpid.demo.RecordDemo;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a reader finds of the visits that were sent: each record must come back once, cleaned or as a dead letter. Confined to one thread. */
final class ShopBooks implements RecordDemo.Books {
    private final ShopSimulator shop;
    private final Clicks clicks;
    private final BitSet answered = new BitSet();
    private final Set<Long> seen = new TreeSet<>();
    private final Set<Long> raised = new HashSet<>();
    private long cleaned;
    private long deadLetters;
    private long wrong;
    /** Clicks by what came of them; only of visits whose faults leave each click in its place. */
    private final long[] came = new long[3];

    private final long[] right = new long[3];

    private static final int LOST = 0;
    private static final int REPLACED = 1;
    private static final int UNTOUCHED = 2;

    ShopBooks(ShopSimulator shop, Clicks clicks) {
        this.shop = shop;
        this.clicks = clicks;
    }

    @Override
    public void cleaned(long n, byte @Nullable [] value) {
        note(n, false);
        cleaned++;
        Clicks.Part part = clicks.part(n);
        List<String> left =
                value == null ? List.of() : List.of(new String(value, StandardCharsets.UTF_8).split(" ", -1));
        if (part.bad() || left.size() != part.clicks().size()) {
            wrong++;
            return;
        }
        seen.add(part.visit());
        ShopSimulator.Visit visit = shop.visit(part.visit());
        boolean inPlace = visit.truth().size() == visit.sent().size();
        for (int i = 0; i < left.size(); i++) {
            String was =
                    inPlace ? visit.truth().get(part.from() + i) : part.clicks().get(i);
            String sent = part.clicks().get(i);
            int fate = sent.equals(was) ? UNTOUCHED : sent.equals(ShopSimulator.LOST) ? LOST : REPLACED;
            came[fate]++;
            right[fate] += left.get(i).equals(was) ? 1 : 0;
        }
    }

    @Override
    public void deadLetter(long n) {
        note(n, true);
        deadLetters++;
    }

    private void note(long n, boolean dead) {
        if (answered.get((int) n) || clicks.part(n).bad() != dead) {
            wrong++;
        }
        answered.set((int) n);
    }

    @Override
    public void alert(String key, byte @Nullable [] value) {
        raised.add(Clicks.visit(key));
    }

    @Override
    public long answered() {
        return answered.cardinality();
    }

    @Override
    public String line() {
        return cleaned == 0
                ? ""
                : String.format(
                        "  dead letters %d  clicks restored %d of %d, spoilt %d of %d  alerts %d",
                        deadLetters,
                        right[LOST] + right[REPLACED],
                        came[LOST] + came[REPLACED],
                        came[UNTOUCHED] - right[UNTOUCHED],
                        came[UNTOUCHED],
                        raised.size());
    }

    /** What it comes to. */
    ShopSummary summary(RecordDemo.Outcome outcome) {
        Map<ShopFault, ShopSummary.Part> found = new EnumMap<>(ShopFault.class);
        ShopSummary.Part whole = ShopSummary.Part.NONE;
        for (long visit : seen) {
            ShopFault fault = shop.visit(visit).fault().orElse(null);
            boolean alert = raised.contains(visit);
            if (fault == null) {
                whole = whole.and(alert);
            } else {
                found.merge(fault, ShopSummary.Part.NONE.and(alert), ShopSummary.Part::plus);
            }
        }
        return new ShopSummary(
                outcome.sent(),
                cleaned,
                deadLetters,
                outcome.sent() - answered(),
                wrong,
                new ShopSummary.Part(right[LOST], came[LOST]),
                new ShopSummary.Part(right[REPLACED], came[REPLACED]),
                new ShopSummary.Part(came[UNTOUCHED] - right[UNTOUCHED], came[UNTOUCHED]),
                whole,
                found,
                outcome.model());
    }

    /** {@code lost}, as a fault is called for people. */
    static String label(ShopFault fault) {
        return fault.name().toLowerCase(Locale.ROOT);
    }
}
