package dev.limpid.cli;

import dev.limpid.model.Compared;
import dev.limpid.model.Compared.Figures;
import dev.limpid.model.ShadowStatus;
import dev.limpid.signal.Floats;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What instances found of shadows, for people and as a tree. */
final class ShadowColumns {
    private ShadowColumns() {}

    /** One row each: the shadow's figure, and how it stands to that of the model in force. */
    static void print(List<ShadowStatus> shadows, PrintWriter out, String indent) {
        if (shadows.isEmpty()) {
            return;
        }
        Columns columns =
                new Columns("pipeline", "instance", "shadow", "beside", "windows", "error", "alerts", "us", "");
        for (ShadowStatus status : shadows) {
            Compared compared = status.compared();
            Figures shadow = compared.shadow();
            Figures inForce = compared.inForce();
            columns.row(
                    status.pipeline(),
                    status.instance(),
                    status.shadow(),
                    status.inForce(),
                    compared.windows() + (compared.dropped() > 0 ? ", " + compared.dropped() + " dropped" : ""),
                    error(shadow.error(), inForce.error()),
                    shadow.alerts() + " against " + inForce.alerts(),
                    shadow.nanosPerWindow() / 1_000 + " against " + inForce.nanosPerWindow() / 1_000,
                    remarks(status));
        }
        columns.print(out, indent);
    }

    private static String error(double shadow, double inForce) {
        if (!Double.isFinite(shadow)) {
            return "not finite";
        }
        String share = inForce > 0 && Double.isFinite(inForce)
                ? String.format(
                        Locale.ROOT,
                        ", %.1f %% %s",
                        100 * Math.abs(shadow / inForce - 1),
                        shadow > inForce ? "worse" : "lower")
                : "";
        return String.format(Locale.ROOT, "%.4g", shadow) + share;
    }

    private static String remarks(ShadowStatus status) {
        List<String> remarks = new ArrayList<>();
        Compared compared = status.compared();
        long failed = compared.shadow().failed();
        if (failed > 0) {
            remarks.add("failed on " + failed + " windows, the model in force on "
                    + compared.inForce().failed());
        }
        if (!status.note().isEmpty()) {
            remarks.add(status.note());
        }
        return String.join("; ", remarks);
    }

    static Map<String, Object> tree(ShadowStatus status) {
        Compared compared = status.compared();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", status.pipeline());
        tree.put("instance", status.instance());
        tree.put("shadow", status.shadow());
        tree.put("beside", status.inForce());
        tree.put("sequence", status.sequence());
        tree.put("running", status.running());
        tree.put("since", time(status.sinceMs()));
        tree.put("at", time(status.atMs()));
        tree.put("windows", compared.windows());
        tree.put("dropped", compared.dropped());
        tree.put("apart", compared.apart());
        tree.put("ofInForce", tree(compared.inForce()));
        tree.put("ofShadow", tree(compared.shadow()));
        tree.put("note", status.note());
        return tree;
    }

    private static Map<String, Object> tree(Figures figures) {
        Map<String, Object> scores = new LinkedHashMap<>();
        Floats probabilities = Compared.PROBABILITIES;
        for (int i = 0; i < figures.scores().length(); i++) {
            scores.put(Float.toString(probabilities.at(i)), figures.scores().at(i));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        if (Double.isFinite(figures.error())) {
            tree.put("error", figures.error());
        }
        tree.put("scores", scores);
        tree.put("alerts", figures.alerts());
        tree.put("failed", figures.failed());
        tree.put("nanosPerWindow", figures.nanosPerWindow());
        return tree;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
