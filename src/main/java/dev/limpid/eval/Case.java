package dev.limpid.eval;

import java.util.List;

/**
 * One channel of one series, graded as a whole.
 *
 * @param name for people, as in {@code bed-7/lead}
 * @param stretches one after the other, or windows from anywhere; at least one, the truth known in all of them or in none
 */
public record Case(String name, List<Stretch> stretches) {
    public Case {
        stretches = List.copyOf(stretches);
        if (stretches.stream().map(Stretch::isKnown).distinct().count() != 1) {
            throw new IllegalArgumentException(name + " needs stretches, the truth known in all of them or in none");
        }
    }

    public boolean isKnown() {
        return stretches.get(0).isKnown();
    }

    /** Values in all. */
    public long length() {
        return stretches.stream().mapToLong(Stretch::length).sum();
    }
}
