package dev.limpid.score;

import java.util.List;

/**
 * What a {@link GuardRule} remembers of a series. Immutable.
 *
 * @param evidence how many more windows were out of range than in it, from 0 to what the rule takes
 * @param fallback whether the filter stands in for the model
 * @param modelHash hash of the model that this is about: a new one begins anew; 0 before the first
 * @param turns numbers of those windows of the segment with which it began or ceased to, ascending, the recent ones: so that windows that
 *     are run again after a restart are treated as they were
 */
public record GuardState(int evidence, boolean fallback, int modelHash, List<Long> turns) {
    /** Nothing seen yet, or nothing to see: the model has no range. */
    public static final GuardState NEW = new GuardState(0, false, 0, List.of());

    public GuardState {
        turns = List.copyOf(turns);
    }

    /** Whether the filter stood in for the model in a window that is not before those remembered. */
    public boolean fallbackIn(long window) {
        boolean then = fallback;
        for (int i = turns.size() - 1; i >= 0 && turns.get(i) > window; i--) {
            then = !then;
        }
        return then;
    }

    /** The same, with only the turns after window {@code first} remembered: no earlier one is run again. */
    public GuardState after(long first) {
        if (turns.isEmpty() || turns.get(0) > first) {
            return this;
        }
        int older = 0;
        while (older < turns.size() && turns.get(older) <= first) {
            older++;
        }
        return new GuardState(evidence, fallback, modelHash, turns.subList(older, turns.size()));
    }
}
