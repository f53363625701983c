package dev.limpid.definition;

import dev.limpid.score.AlertSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The block {@code alerts}: by the series' own history, or by a stated score. */
final class AlertKeys {
    private static final String RAISE_SCORE = "raise-score";
    private static final List<String> BY_HISTORY = List.of("raise-deviation", "clear-deviation");
    private static final AlertSpec.ByHistory HISTORY = new AlertSpec.ByHistory(8f, 2, 4f, 3);

    private AlertKeys() {}

    /** @param standard what holds where nothing is said */
    static AlertSpec read(Section section, AlertSpec standard) {
        boolean history = BY_HISTORY.stream().anyMatch(section::has);
        if (history && section.has(RAISE_SCORE)) {
            section.problem(
                    RAISE_SCORE,
                    "stands beside raise-deviation or clear-deviation, which judge by the series' own history; remove"
                            + " the one or the other");
        }
        float score = (float)
                section.number(RAISE_SCORE, standard instanceof AlertSpec.Above above ? above.raiseScore() : 1, 0, 1e6);
        if (score == 0) {
            section.problem(
                    RAISE_SCORE,
                    "got " + section.value(RAISE_SCORE)
                            + ", wanted more than 0: a window's deviation is its score over this one;"
                            + " 1 is the threshold that the model was calibrated to");
        }
        float raise = (float) section.number("raise-deviation", HISTORY.raiseDeviation(), 0.1, 1e6);
        int raiseAfter = section.integer("raise-after", standard.raiseAfter(), 1, 1_000_000, "windows");
        float clear = (float) section.number("clear-deviation", Math.min(HISTORY.clearDeviation(), raise), 0.1, 1e6);
        int clearAfter = section.integer("clear-after", standard.clearAfter(), 1, 1_000_000, "windows");
        section.notYet("false-alarms-per-series", "raise-deviation and raise-after say when an alert is raised");
        section.finish();
        if (section.has(RAISE_SCORE) || (standard instanceof AlertSpec.Above && !history)) {
            return new AlertSpec.Above(score, raiseAfter, clearAfter);
        }
        if (clear > raise) {
            section.problem("clear-deviation", "got " + clear + ", wanted at most alerts.raise-deviation = " + raise);
        }
        return new AlertSpec.ByHistory(raise, raiseAfter, clear, clearAfter);
    }

    /** As {@link #read} reads it. */
    static Map<String, Object> tree(AlertSpec alerts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (alerts instanceof AlertSpec.ByHistory history) {
            tree.put("raise-deviation", history.raiseDeviation());
            tree.put("raise-after", history.raiseAfter());
            tree.put("clear-deviation", history.clearDeviation());
        } else if (alerts instanceof AlertSpec.Above above) {
            tree.put(RAISE_SCORE, above.raiseScore());
            tree.put("raise-after", above.raiseAfter());
        }
        tree.put("clear-after", alerts.clearAfter());
        return tree;
    }
}
