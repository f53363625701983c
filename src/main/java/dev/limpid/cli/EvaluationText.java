package dev.limpid.cli;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.Bands;
import dev.limpid.eval.Comparison;
import dev.limpid.eval.ComparisonTable;
import dev.limpid.eval.Figures;
import dev.limpid.eval.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code limpid evaluate} prints.
 *
 * @param model its id
 * @param rows of the file
 */
record EvaluationText(String model, long rows, Assessment assessment) {
    void print(PrintWriter out, OutputFormat format) {
        if (format == OutputFormat.JSON) {
            out.println(Results.json(tree()));
            out.flush();
            return;
        }
        out.println(
                model + ": " + rows + " rows, " + assessment.evidence().cases().size() + " cases");
        print(out, assessment);
    }

    /** Tables and diagnosis. */
    static void print(PrintWriter out, Assessment assessment) {
        double rate = assessment.evidence().sampleRateHz();
        ComparisonTable table = new ComparisonTable(assessment.comparison());
        print(out, table.methods());
        print(out, table.cases());
        if (assessment.evidence().frame().isEmpty()) {
            print(out, Bands.table(Bands.of(assessment.spectra(), rate), rate));
        }
        out.println();
        out.println(table.note());
        out.println();
        out.println("diagnosis");
        assessment.diagnosis().forEach(line -> out.println("  " + line));
        out.flush();
    }

    private static void print(PrintWriter out, List<List<String>> rows) {
        if (rows.size() == 1) {
            return;
        }
        out.println();
        Columns columns = new Columns(rows.get(0).toArray(new String[0]));
        rows.subList(1, rows.size()).forEach(row -> columns.row(row.toArray(new String[0])));
        columns.print(out, "");
    }

    private Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("model", model);
        tree.put("rows", rows);
        Comparison comparison = assessment.comparison();
        double rate = assessment.evidence().sampleRateHz();
        tree.put("sampleRateHz", rate);
        tree.put("cleanReference", comparison.known());
        List<Object> methods = new ArrayList<>();
        for (Comparison.Method method : comparison.methods()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("method", method.name());
            one.put("parameters", method.parameters());
            one.put("mean", figures(method, comparison.known()));
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            for (int i = 0; i < comparison.cases().size(); i++) {
                each.put(comparison.cases().get(i), figures(method.figures().get(i), comparison.known()));
            }
            one.put("cases", each);
            methods.add(one);
        }
        tree.put("methods", methods);
        tree.put(
                "bands",
                Bands.of(assessment.spectra(), rate).stream()
                        .map(EvaluationText::band)
                        .toList());
        tree.put("diagnosis", findings(assessment));
        return tree;
    }

    private static Map<String, @Nullable Object> figures(Comparison.Method method, boolean known) {
        return figures(
                new Figures(
                        method.mean(Figures::snrInDb),
                        method.mean(Figures::gainDb),
                        method.mean(Figures::rmse),
                        method.mean(Figures::prdPercent),
                        method.mean(Figures::correlation),
                        method.mean(Figures::maskedRmse),
                        method.mean(Figures::predictedDb),
                        method.mean(Figures::coloured)),
                known);
    }

    private static Map<String, @Nullable Object> figures(Figures figures, boolean known) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        if (known) {
            tree.put("snrInDb", finite(figures.snrInDb()));
            tree.put("snrGainDb", finite(figures.gainDb()));
            tree.put("rmse", finite(figures.rmse()));
            tree.put("prdPercent", finite(figures.prdPercent()));
            tree.put("correlation", finite(figures.correlation()));
        } else {
            tree.put("maskedRmse", finite(figures.maskedRmse()));
            tree.put("predictedDb", finite(figures.predictedDb()));
        }
        tree.put("residualColoured", finite(figures.coloured()));
        return tree;
    }

    /** Kind, evidence and remedy of each. */
    static List<Map<String, String>> findings(Assessment assessment) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Finding finding : assessment.findings()) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("kind", finding.kind().label());
            one.put("evidence", finding.evidence());
            one.put("remedy", finding.kind().remedy());
            all.add(one);
        }
        return all;
    }

    private static Map<String, @Nullable Object> band(Bands.Band band) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("from", band.from());
        tree.put("to", band.to());
        tree.put("noisyRms", finite(band.noisy()));
        tree.put("removedRms", finite(band.removed()));
        tree.put("noiseRms", finite(band.noise()));
        tree.put("errorRms", finite(band.error()));
        tree.put("signalKept", finite(band.kept()));
        return tree;
    }

    /** JSON knows no NaN. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
