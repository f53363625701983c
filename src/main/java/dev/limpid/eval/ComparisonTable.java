package dev.limpid.eval;

import dev.limpid.eval.Comparison.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A {@link Comparison} in words: one row per method, a second table of gains per case. The first row of each are its titles. */
public record ComparisonTable(Comparison comparison) {
    private static final int MOST_CASES = 40;

    /** The figures as means over the cases. */
    public List<List<String>> methods() {
        boolean known = comparison.known();
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                known
                        ? List.of("method", "parameters", "gain dB", "worst dB", "RMSE", "PRD %", "correlation")
                        : List.of(
                                "method",
                                "parameters",
                                "predicted dB",
                                "worst dB",
                                "masked RMSE",
                                "residual coloured"));
        for (Method method : comparison.methods()) {
            ToDoubleFunction<Figures> merit = known ? Figures::gainDb : Figures::predictedDb;
            List<String> row = new ArrayList<>(List.of(
                    method.name(), method.parameters(), decibels(method.mean(merit)), decibels(method.least(merit))));
            if (known) {
                row.add(number(method.mean(Figures::rmse)));
                row.add(text("%.1f", method.mean(Figures::prdPercent)));
                row.add(text("%.3f", method.mean(Figures::correlation)));
            } else {
                row.add(number(method.mean(Figures::maskedRmse)));
                row.add(text("%.0f %%", 100 * method.mean(Figures::coloured)));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Gain in dB, a row per case and a column per method; only the titles if there is but one case. */
    public List<List<String>> cases() {
        List<List<String>> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of(comparison.known() ? "gain dB" : "predicted dB"));
        comparison.methods().forEach(method -> titles.add(method.name()));
        rows.add(titles);
        for (int i = 0;
                comparison.cases().size() > 1
                        && i < Math.min(MOST_CASES, comparison.cases().size());
                i++) {
            List<String> row = new ArrayList<>(List.of(comparison.cases().get(i)));
            for (Method method : comparison.methods()) {
                Figures figures = method.figures().get(i);
                row.add(decibels(comparison.known() ? figures.gainDb() : figures.predictedDb()));
            }
            rows.add(row);
        }
        return rows;
    }

    /** What the figures are, in a sentence. */
    public String note() {
        return comparison.known()
                ? "Gain: 10 log10 of noise power before over noise power after, against the clean reference; means over the cases."
                : "No clean reference: graded at samples hidden from each method. Predicted: variance of the noisy values over the"
                        + " squared error of the prediction, as far as noise is independent from sample to sample: drift and hum can be"
                        + " predicted, too, and who takes them out looks worse here. Coloured: share of the autocorrelations of what was"
                        + " removed that independent noise would not show; 5 % is chance.";
    }

    private static String decibels(double value) {
        return text("%+.2f", value);
    }

    static String number(double value) {
        return text(Math.abs(value) >= 1e5 || (Math.abs(value) < 1e-4 && value != 0) ? "%.3e" : "%.4f", value);
    }

    private static String text(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
