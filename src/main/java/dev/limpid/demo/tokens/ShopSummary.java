package dev.limpid.demo.tokens;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a demo of tokens came to.
 *
 * @param accepted records that were sent
 * @param pending records that nothing came back of
 * @param wrong answers that came twice, as the wrong kind, or with another number of clicks
 * @param lost clicks that came masked, and how many of them left as they had been; likewise {@code replaced}
 * @param untouched clicks that came as they had been, and how many of them left as others
 * @param falseAlarms visits without a fault, and how many of them raised an alert
 * @param found visits with each fault, and how many of them raised one
 */
public record ShopSummary(
        long accepted,
        long cleaned,
        long deadLetters,
        long pending,
        long wrong,
        Part lost,
        Part replaced,
        Part untouched,
        Part falseAlarms,
        Map<ShopFault, Part> found,
        String model) {

    public ShopSummary {
        Map<ShopFault, Part> copy = new EnumMap<>(ShopFault.class);
        copy.putAll(found);
        found = Map.copyOf(copy);
    }

    /** So many of so many. */
    public record Part(long part, long of) {
        static final Part NONE = new Part(0, 0);

        Part and(boolean one) {
            return new Part(part + (one ? 1 : 0), of + 1);
        }

        Part plus(Part other) {
            return new Part(part + other.part, of + other.of);
        }

        double share() {
            return of == 0 ? 0 : (double) part / of;
        }

        @Override
        public String toString() {
            return part + " of " + of;
        }
    }

    /** What is not as it must be; empty if all is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (accepted == 0) {
            problems.add("nothing was sent");
        }
        if (pending != 0) {
            problems.add(pending + " of " + accepted + " records were not answered");
        }
        if (wrong != 0) {
            problems.add(wrong + " answers came twice, as the wrong kind, or with another number of clicks");
        }
        if (lost.part() + replaced.part() <= untouched.part()) {
            problems.add("no more clicks were restored than spoilt");
        }
        Part all = found.values().stream().reduce(Part.NONE, Part::plus);
        if (all.share() <= falseAlarms.share()) {
            problems.add("visits with a fault raised no more alerts than those without");
        }
        return problems;
    }

    /** For programs. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accepted", accepted);
        members.put("cleaned", cleaned);
        members.put("deadLetters", deadLetters);
        members.put("pending", pending);
        members.put("wrong", wrong);
        members.put("lostClicksRestored", lost.toString());
        members.put("replacedClicksRestored", replaced.toString());
        members.put("otherClicksChanged", untouched.toString());
        members.put("falseAlarms", falseAlarms.toString());
        for (ShopFault fault : ShopFault.values()) {
            members.put(
                    "alertsOf" + fault.name().charAt(0) + ShopBooks.label(fault).substring(1),
                    found.getOrDefault(fault, Part.NONE).toString());
        }
        members.put("model", model);
        return members;
    }
}
