package dev.limpid.eval.report;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.Bands;
import dev.limpid.eval.ComparisonTable;
import dev.limpid.eval.Finding;
import dev.limpid.eval.FrameExamples;
import dev.limpid.eval.LearningCurve;
import dev.limpid.eval.ScoreCalibration;
import dev.limpid.eval.Spectra;
import dev.limpid.eval.StrengthSweep;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * An {@link Assessment} as one page of HTML that needs nothing else: no script, no font, no picture from outside.
 *
 * @param title the model
 * @param windowLength samples of each example
 * @param provenance name and value, for people
 * @param sweep how the strength of the corruption was picked, if it was
 */
public record Report(
        String title,
        Assessment assessment,
        int windowLength,
        List<List<String>> provenance,
        Optional<StrengthSweep> sweep) {
    public Report {
        provenance = List.copyOf(provenance);
    }

    /** Without a sweep. */
    public Report(String title, Assessment assessment, int windowLength, List<List<String>> provenance) {
        this(title, assessment, windowLength, provenance, Optional.empty());
    }

    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, html());
    }

    String html() throws IOException {
        Html page = new Html(title);
        diagnosis(page);
        ComparisonTable table = new ComparisonTable(assessment.comparison());
        page.heading("Beside classical filters").ranking(table.methods()).paragraph(table.note());
        page.table(table.cases());
        if (assessment.evidence().frame().isPresent()) {
            frames(page, assessment.evidence().frame().get());
        } else {
            examples(page);
            spectra(page);
        }
        assessment.evidence().curve().ifPresent(curve -> curve(page, curve));
        sweep.ifPresent(swept -> sweep(page, swept));
        calibration(page, assessment.evidence().scores());
        page.heading("Provenance").words(provenance);
        return page.done();
    }

    private void diagnosis(Html page) {
        page.heading("Diagnosis");
        for (Finding finding : assessment.findings()) {
            page.finding(
                    finding.kind().label(),
                    finding.evidence() + ". Remedy: " + finding.kind().remedy() + ".",
                    false);
        }
        if (assessment.findings().isEmpty()) {
            page.finding("Nothing", "that these data show is wrong.", true);
        }
    }

    private void examples(Html page) {
        page.heading("Examples");
        double rate = assessment.evidence().sampleRateHz();
        double step = rate > 0 ? 1 / rate : 1;
        for (Examples.Example example : Examples.of(assessment.evidence().cases(), windowLength)) {
            SvgChart chart = new SvgChart(960, 230, rate > 0 ? "time (s)" : "sample", "value")
                    .line("noisy", 0, 0, step, example.stretch().noisy());
            if (example.stretch().isKnown()) {
                chart.line("clean", 3, 0, step, example.stretch().clean());
            }
            chart.line("cleaned", 2, 0, step, example.stretch().cleaned());
            page.longFigure(chart, example.caption());
        }
    }

    private void frames(Html page, Kind.Frame size) throws IOException {
        byte[] png = FrameExamples.of(size, assessment.evidence().cases()).png();
        page.heading("Examples")
                .image(
                        png,
                        "Frames as they came, cleaned, and true, from the one that was cleaned best to the one cleaned worst.");
    }

    private void spectra(Html page) {
        Spectra spectra = assessment.spectra();
        double rate = assessment.evidence().sampleRateHz();
        double step = spectra.binWidth() * (rate > 0 ? rate : 1);
        String axis = rate > 0 ? "frequency (Hz)" : "frequency (cycles per sample)";
        page.heading("Spectrum of what was removed").beginPair();
        SvgChart removed = new SvgChart(480, 260, axis, "dB per bin");
        SvgChart left = new SvgChart(480, 260, axis, "dB per bin");
        if (spectra.isKnown()) {
            removed.line("noise", 0, 0, step, decibels(spectra.noise()));
            left.line("clean", 3, 0, step, decibels(spectra.clean()))
                    .line("error left", 2, 0, step, decibels(spectra.error()));
        } else {
            removed.line("noisy", 0, 0, step, decibels(spectra.noisy()));
            left.line("cleaned", 1, 0, step, decibels(spectra.cleaned()));
        }
        removed.line("removed", 1, 0, step, decibels(spectra.removed()));
        page.figure(
                removed,
                spectra.isKnown() ? "What was removed should be the noise." : "What was removed, in what came in.");
        page.figure(left, spectra.isKnown() ? "What is still wrong, beside the signal." : "What is left.");
        page.endPair().table(Bands.table(Bands.of(spectra, rate), rate));
    }

    private static Floats decibels(Floats power) {
        float greatest = 0;
        for (int i = 0; i < power.length(); i++) {
            greatest = Math.max(greatest, power.at(i));
        }
        float[] out = new float[power.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (10 * Math.log10(Math.max(power.at(i), Math.max(1e-10 * greatest, Float.MIN_NORMAL))));
        }
        return Floats.owning(out);
    }

    private static void curve(Html page, LearningCurve curve) {
        if (curve.looks().isEmpty()) {
            return;
        }
        double first = curve.looks().get(0).step();
        double step = curve.looks().size() > 1 ? curve.looks().get(1).step() - first : 1;
        page.heading("Learning").beginPair();
        page.figure(
                new SvgChart(480, 240, "step", "log10 of loss")
                        .line("training", 0, first, step, each(curve, look -> Math.log10(look.loss())))
                        .line("held out", 1, first, step, each(curve, look -> Math.log10(look.heldOutLoss()))),
                "Loss: " + curve.loss() + ". The weights of step " + curve.bestStep() + " were kept.");
        page.figure(
                new SvgChart(480, 240, "step", "gain (dB)")
                        .line("held out", 1, first, step, each(curve, LearningCurve.Look::gainDb)),
                "Signal-to-noise gain on the held-out part.");
        page.endPair();
    }

    private static void sweep(Html page, StrengthSweep sweep) {
        page.heading("Strength of the corruption").beginPair();
        page.figure(
                new SvgChart(480, 240, "strength, as a power of 2", "gain (dB)")
                        .line("validation", 1, sweep.start(), sweep.step(), sweep.curve()),
                "After " + sweep.steps() + " steps each, on the same validation windows; trained with "
                        + sweep.best().strength() + ".");
        page.endPair().table(sweep.table());
    }

    private static Floats each(LearningCurve curve, ToDoubleFunction<LearningCurve.Look> of) {
        float[] out = new float[curve.looks().size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) of.applyAsDouble(curve.looks().get(i));
        }
        return Floats.owning(out);
    }

    private static void calibration(Html page, ScoreCalibration scores) {
        page.heading("Calibration of the score");
        if (scores.expected().length() == 0) {
            page.paragraph("The model carries no score quantiles, or no window was scored.");
            return;
        }
        page.paragraph(
                "Share of " + scores.windows() + " windows that score above a quantile the model was calibrated with.");
        page.table(scores.table());
    }
}
