package dev.limpid.train.tokens;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a check's value must exceed so that a window stands out, from values that no unit (a session) had a hand in itself.
 *
 * <p>At first each lies far beyond all that was seen, where hardly a unit is expected ({@link Tail}). Step by step the check that finds most
 * of what is not found yet among sessions with a made-up fault ({@link Edited}), for each further unit that is expected to stand out, gets its
 * threshold lowered, while of all units together no larger share than the budget is expected to stand out by any check: those that were
 * seen to, and for each check what was not seen. So the budget goes to the checks that have something to show for it, and units that stand
 * out by several checks cost it once.
 *
 * @param values by check
 * @param units that were judged
 * @param above how many of them stand out
 * @param found share of the sessions with a fault that stand out
 */
public record Thresholds(Map<Check, Double> values, int units, int above, double found) {
    /** Of each check at first; with a small budget they are lower. */
    private static final int FIRST = -4;

    private static final int LOWEST = -12;

    /** Steps so long are tried one by one, longer ones by doubling. */
    private static final int EACH = 16;

    public Thresholds {
        values = Map.copyOf(values);
    }

    /**
     * Calibrates.
     *
     * @param evidence by check, each unit's value
     * @param faults by check, the value of each session with a fault
     * @param budget share of units that may stand out
     * @param least by check, what a threshold must not be below, for a score that says how far beyond it a window is; others have none
     */
    public static Thresholds of(
            Map<Check, double[]> evidence, Map<Check, double[]> faults, double budget, Map<Check, Double> least) {
        int units = size(evidence);
        double most = budget * units;
        Map<Check, Tail> tails = new EnumMap<>(Check.class);
        evidence.forEach((check, values) ->
                tails.put(check, new Tail(check, least.getOrDefault(check, Tail.LEAST_THRESHOLD), values)));
        int first = FIRST;
        while (first > LOWEST && tails.size() * Tail.unseen(first) > most / 2) {
            first--;
        }
        Map<Check, Integer> levels = new EnumMap<>(Check.class);
        for (Check check : tails.keySet()) {
            levels.put(check, first);
        }
        Step now = Step.of(evidence, faults, tails, levels);
        for (Step next = now; next != null; ) {
            now = next;
            next = null;
            double best = 0;
            for (Map.Entry<Check, Integer> each : now.levels().entrySet()) {
                for (int more = 1; each.getValue() + more <= most; more = more < EACH ? more + 1 : 2 * more) {
                    Map<Check, Integer> candidate = new EnumMap<>(now.levels());
                    candidate.put(each.getKey(), each.getValue() + more);
                    Step step = Step.of(evidence, faults, tails, candidate);
                    double gain = (step.found() - now.found()) / Math.max(Tail.unseen(first), step.cost() - now.cost());
                    if (step.cost() <= most && gain > best) {
                        best = gain;
                        next = step;
                    }
                }
            }
        }
        return new Thresholds(now.thresholds(), units, now.above(), now.found() / (double) Math.max(1, size(faults)));
    }

    /**
     * Thresholds by level, and what comes of them.
     *
     * @param above units that stand out
     * @param found sessions with a fault that do
     */
    private record Step(Map<Check, Integer> levels, Map<Check, Double> thresholds, int above, int found) {
        static Step of(
                Map<Check, double[]> evidence,
                Map<Check, double[]> faults,
                Map<Check, Tail> tails,
                Map<Check, Integer> levels) {
            Map<Check, Double> thresholds = new EnumMap<>(Check.class);
            tails.forEach((check, tail) -> thresholds.put(check, tail.threshold(levels.getOrDefault(check, LOWEST))));
            return new Step(
                    levels, thresholds, Thresholds.above(evidence, thresholds), Thresholds.above(faults, thresholds));
        }

        /** Units that are expected to stand out. */
        double cost() {
            return above + levels.values().stream().mapToDouble(Tail::unseen).sum();
        }
    }

    private static int size(Map<Check, double[]> evidence) {
        return evidence.values().iterator().next().length;
    }

    private static int above(Map<Check, double[]> evidence, Map<Check, Double> thresholds) {
        int count = 0;
        int units = size(evidence);
        for (int unit = 0; unit < units; unit++) {
            count += score(evidence, thresholds, unit) > 1 ? 1 : 0;
        }
        return count;
    }

    private static double score(Map<Check, double[]> evidence, Map<Check, Double> thresholds, int unit) {
        double score = 0;
        for (Map.Entry<Check, double[]> values : evidence.entrySet()) {
            Double threshold = thresholds.get(values.getKey());
            score = Math.max(score, threshold == null ? 0 : values.getValue()[unit] / threshold);
        }
        return score;
    }

    /** The threshold of one. */
    public double of(Check check) {
        Double value = values.get(check);
        if (value == null) {
            throw new IllegalArgumentException(check + " was not calibrated");
        }
        return value;
    }

    /** A unit's score: the greatest share that a check's value has of its threshold. */
    public double score(Map<Check, double[]> evidence, int unit) {
        return score(evidence, values, unit);
    }
}
