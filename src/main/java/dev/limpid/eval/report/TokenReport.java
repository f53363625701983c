package dev.limpid.eval.report;

import dev.limpid.eval.LearningCurve;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The training of a model of tokens as one page of HTML that needs nothing else.
 *
 * @param title the model
 * @param curve how it learned; {@link LearningCurve.Look#gainDb} is the share of hidden and spoilt tokens that came back
 * @param scores of sessions that had no hand in what judged them
 * @param checks titles, then a row for each check
 * @param examples sessions
 * @param provenance name and value, for people
 */
public record TokenReport(
        String title,
        LearningCurve curve,
        List<Double> scores,
        List<List<String>> checks,
        List<Example> examples,
        List<List<String>> provenance) {
    private static final double[] SHARES = {0.5, 0.1, 0.05, 0.01, 0.005, 0.002, 0.001};

    public TokenReport {
        scores = List.copyOf(scores);
        checks = List.copyOf(checks);
        examples = List.copyOf(examples);
        provenance = List.copyOf(provenance);
    }

    /** A session as it was, as it was spoilt, and as it came out. */
    public record Example(String clean, String spoilt, String cleaned) {}

    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, html());
    }

    String html() {
        Html page = new Html(title);
        learning(page);
        page.heading("Calibration of the score")
                .paragraph(
                        "Scores of " + scores.size()
                                + " training sessions, each by models and counts that it had no hand in; above 1 a session stands out.")
                .table(calibration())
                .table(checks);
        page.heading("Examples").paragraph("Held-out sessions as they were, spoilt (_ masked, ? unknown) and cleaned.");
        for (Example example : examples) {
            page.words(List.of(
                    List.of("was", example.clean()),
                    List.of("spoilt", example.spoilt()),
                    List.of("cleaned", example.cleaned())));
        }
        page.heading("Provenance").words(provenance);
        return page.done();
    }

    private void learning(Html page) {
        if (curve.looks().isEmpty()) {
            return;
        }
        double first = curve.looks().get(0).step();
        double step = curve.looks().size() > 1 ? curve.looks().get(1).step() - first : 1;
        page.heading("Learning").beginPair();
        page.figure(
                new SvgChart(480, 240, "step", "cross-entropy")
                        .line("training", 0, first, step, each(LearningCurve.Look::loss))
                        .line("held out", 1, first, step, each(LearningCurve.Look::heldOutLoss)),
                "Loss: " + curve.loss() + ". The weights of step " + curve.bestStep() + " were kept.");
        page.figure(
                new SvgChart(480, 240, "step", "share")
                        .line("held out", 1, first, step, each(LearningCurve.Look::gainDb)),
                "Hidden and spoilt tokens that came back.");
        page.endPair();
    }

    private Floats each(ToDoubleFunction<LearningCurve.Look> of) {
        float[] out = new float[curve.looks().size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) of.applyAsDouble(curve.looks().get(i));
        }
        return Floats.owning(out);
    }

    private List<List<String>> calibration() {
        double[] rising =
                scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("share of sessions above", "score"));
        for (double share : SHARES) {
            int place = (int) Math.max(0, Math.ceil(rising.length * (1 - share)) - 1);
            if (rising.length > 0) {
                rows.add(List.of(
                        String.format(Locale.ROOT, "%.1f %%", 100 * share),
                        String.format(Locale.ROOT, "%.3f", rising[Math.min(place, rising.length - 1)])));
            }
        }
        return rows;
    }
}
