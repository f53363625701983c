package dev.limpid.demo;

import dev.limpid.demo.DemoView.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the view says of models: which is in force, and the gain over the run with a marker where the model changed. Immutable. */
final class SwapLines {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final double DB_PER_BAR = 2;
    private static final char MARKER = '▲';
    private static final char TO_COME = '·';

    private final DemoSpec spec;
    private final int series;

    SwapLines(DemoSpec spec, int series) {
        this.spec = spec;
        this.series = series;
    }

    /** Three rows for a terminal. */
    List<String> rows(Moment now) {
        ModelWatch.State models = now.models();
        return List.of(
                DemoView.field("model", model(models)),
                DemoView.field("gain", bars(now)),
                DemoView.field("", swap(now)));
    }

    private String model(ModelWatch.State models) {
        if (models.after().isEmpty()) {
            return models.newest().isEmpty() ? "…" : models.newest();
        }
        return DemoView.DIM + models.before().orElse("") + " → " + DemoView.PLAIN + DemoView.BOLD
                + models.after().get() + DemoView.PLAIN;
    }

    /** The gain of each stretch of the run, 2 dB a step, with the marker in front of the stretch in which the model changed. */
    private String bars(Moment now) {
        double[] gains = now.books().ledger().gainsDb();
        long firstMs = now.models().firstMs();
        int swapped = firstMs < 0 ? -1 : now.books().ledger().stretch(firstMs);
        StringBuilder row = new StringBuilder(DemoView.GREEN);
        for (int i = 0; i < gains.length; i++) {
            if (i == swapped) {
                row.append(DemoView.YELLOW).append(MARKER).append(DemoView.GREEN);
            }
            row.append(Double.isNaN(gains[i]) ? TO_COME : bar(gains[i]));
        }
        return row.append(DemoView.PLAIN).toString();
    }

    private static char bar(double gainDb) {
        return BARS.charAt((int) Math.max(0, Math.min(BARS.length() - 1, Math.floor(gainDb / DB_PER_BAR))));
    }

    private String swap(Moment now) {
        ModelWatch.State models = now.models();
        Optional<SwapPlan> plan = spec.swap();
        if (plan.isEmpty()) {
            return "no swap of models in this run";
        }
        if (!models.trouble().isEmpty()) {
            return DemoView.RED + clipped("no swap: " + models.trouble()) + DemoView.PLAIN;
        }
        if (models.announced().isEmpty()) {
            Duration due = Duration.ofMillis((long) (plan.get().atMs() / spec.speed()));
            return DemoView.clock(due) + ": a better model is published, signed";
        }
        if (!models.everywhere()) {
            return DemoView.YELLOW
                    + text("%s is published, on %d of %d series", models.announced(), models.arrivals(), series)
                    + DemoView.PLAIN;
        }
        return DemoView.YELLOW
                + MARKER
                + DemoView.PLAIN
                + text(
                        " on all %d series %.2f s after publishing, %d records cross-faded",
                        series, models.tookMs() / 1e3, models.crossFaded());
    }

    /** The gain before and after; empty as long as nothing is known of after. */
    String gains(Moment now) {
        double after = now.figures().gainAfterDb();
        return Double.isNaN(after)
                ? ""
                : text(
                        "   (%+.1f before %s, %+.1f after)",
                        now.figures().gainBeforeDb(), DemoView.YELLOW + MARKER + DemoView.PLAIN, after);
    }

    /** One line for a log file; empty as long as nothing is new, given how it stood. */
    Optional<String> event(ModelWatch.State before, Moment now) {
        ModelWatch.State models = now.models();
        String at = DemoView.clock(now.elapsed()) + "  ";
        if (!models.trouble().isEmpty() && before.trouble().isEmpty()) {
            return Optional.of(at + "-- no swap of models: " + models.trouble());
        }
        if (models.everywhere() && !before.everywhere()) {
            return Optional.of(at
                    + text(
                            "-- swap of models: %s -> %s, on all %d series %.0f ms after publishing,"
                                    + " %d records cross-faded; gain before it %+.1f dB",
                            models.before().orElse(""),
                            models.after().orElse(""),
                            series,
                            models.tookMs(),
                            models.crossFaded(),
                            now.figures().gainBeforeDb()));
        }
        return Optional.empty();
    }

    private static String clipped(String text) {
        int most = DemoView.WIDTH - 10;
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
