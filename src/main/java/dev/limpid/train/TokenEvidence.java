package dev.limpid.train;

import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.CountVectors;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.TokenWindows;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the checks find in sessions that had no hand in them: each session (where there are few, each window) against the others, as if it
 * came after training. The surprise of its tokens comes from models that were fitted without it.
 *
 * @param values by check, each unit's greatest value among its windows
 */
record TokenEvidence(Map<Check, double[]> values) {
    /** With fewer sessions, windows are the units. */
    private static final int FEW = 200;

    /** Which unit each window of {@code windows} belongs to. */
    static int[] units(Sessions sessions, TokenWindows windows) {
        int[] units = new int[windows.size()];
        for (int window = 0; window < units.length; window++) {
            units[window] = sessions.size() < FEW ? window : windows.session(window);
        }
        return units;
    }

    /**
     * Collects.
     *
     * @param surprise and {@code mean} of each window, by models that did not see it
     * @param ids of the vocabulary
     */
    static TokenEvidence of(
            TokenWindows windows, CountVectors counts, int[] units, int ids, double[] surprise, double... mean) {
        int count = Arrays.stream(units).max().orElse(-1) + 1;
        Map<Check, double[]> values = new EnumMap<>(Check.class);
        values.put(Check.SURPRISE, most(units, count, window -> surprise[window]));
        values.put(Check.MEAN_SURPRISE, most(units, count, window -> mean[window]));
        int[] owner = owners(windows, units, ids);
        values.put(Check.UNKNOWN, most(units, count, window -> Arrays.stream(windows.at(window))
                .filter(id -> id > 0 && owner[id] == units[window])
                .count()));
        values.put(Check.LENGTH, lengths(windows, units, count));
        values.put(Check.COUNTS, most(units, count, window -> counts.toOthers(windows.at(window))));
        return new TokenEvidence(values);
    }

    private static double[] most(int[] units, int count, ToDoubleFunction<Integer> of) {
        double[] most = new double[count];
        for (int window = 0; window < units.length; window++) {
            most[units[window]] = Math.max(most[units[window]], of.applyAsDouble(window));
        }
        return most;
    }

    /** The only unit that has an id; -1 if none or several have: without that unit the token would be unknown. */
    private static int[] owners(TokenWindows windows, int[] units, int ids) {
        int[] owner = new int[ids];
        Arrays.fill(owner, Integer.MIN_VALUE);
        for (int window = 0; window < units.length; window++) {
            for (int id : windows.at(window)) {
                owner[id] = owner[id] == Integer.MIN_VALUE || owner[id] == units[window] ? units[window] : -1;
            }
        }
        return owner;
    }

    /** How far each unit's lengths lie beyond those of the others. */
    private static double[] lengths(TokenWindows windows, int[] units, int count) {
        double[] longest = most(units, count, window -> length(windows.at(window)));
        double[] shortest = most(units, count, window -> windows.length() - length(windows.at(window)));
        double[] beyond = new double[count];
        double[] longestOthers = ofOthers(longest);
        double[] shortestOthers = ofOthers(shortest);
        for (int unit = 0; unit < count; unit++) {
            beyond[unit] =
                    Math.max(Math.max(0, longest[unit] - longestOthers[unit]), shortest[unit] - shortestOthers[unit]);
        }
        return beyond;
    }

    /** The greatest of all values but its own, for each. */
    private static double[] ofOthers(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double first = sorted[sorted.length - 1];
        double second = sorted.length > 1 ? sorted[sorted.length - 2] : first;
        return Arrays.stream(values)
                .map(value -> value == first ? second : first)
                .toArray();
    }

    /** Tokens of a window. */
    static int length(int... window) {
        int length = 0;
        while (length < window.length && window[length] != 0) {
            length++;
        }
        return length;
    }
}
