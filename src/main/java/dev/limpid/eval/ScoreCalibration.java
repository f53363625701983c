package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether scores mean what the model says: the share of windows above each of its quantiles, beside the share that should be.
 *
 * @param expected tail probabilities, falling; empty if the model was never calibrated
 * @param found shares of the windows
 * @param windows how many
 */
public record ScoreCalibration(Floats expected, Floats found, int windows) {
    /** The probabilities of a model's score quantiles. */
    private static final float[] PROBABILITIES = {0.01f, 0.05f, 0.25f, 0.5f, 0.75f, 0.95f, 0.99f};

    /**
     * Counts the scores above each quantile.
     *
     * @param quantiles at the probabilities 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99
     */
    public static ScoreCalibration of(Floats quantiles, Floats scores) {
        if (quantiles.length() != PROBABILITIES.length || scores.length() == 0) {
            return new ScoreCalibration(Floats.of(), Floats.of(), scores.length());
        }
        float[] expected = new float[PROBABILITIES.length];
        float[] found = new float[PROBABILITIES.length];
        for (int i = 0; i < expected.length; i++) {
            int above = 0;
            for (int k = 0; k < scores.length(); k++) {
                above += scores.at(k) > quantiles.at(i) ? 1 : 0;
            }
            expected[i] = 1 - PROBABILITIES[i];
            found[i] = (float) above / scores.length();
        }
        return new ScoreCalibration(Floats.owning(expected), Floats.owning(found), scores.length());
    }

    /** Share of windows that score higher than one in a hundred should; NaN if unknown. */
    double beyondLast() {
        return found.length() == 0 ? Double.NaN : found.at(found.length() - 1);
    }

    /** A table, its titles first. */
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("should be above", "is above"));
        for (int i = 0; i < expected.length(); i++) {
            rows.add(List.of(percent(expected.at(i)), percent(found.at(i))));
        }
        return rows;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
