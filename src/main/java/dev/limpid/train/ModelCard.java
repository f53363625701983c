package dev.limpid.train;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.ComparisonTable;
import dev.limpid.eval.FrameExamples;
import dev.limpid.eval.SignalPlot;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people should know of a trained model: {@code NAME.md} and the picture {@code NAME.png} beside {@code NAME.onnx}.
 *
 * @param assessment of the model on held-out windows
 * @param command the command that trained it
 * @param sources where the data come from and under which licence, one line each
 * @param sampleRateHz for the picture's axis; 0 if unknown
 */
public record ModelCard(
        TrainSpec spec,
        TrainedModel model,
        Assessment assessment,
        String command,
        List<String> sources,
        double sampleRateHz) {
    public ModelCard {
        sources = List.copyOf(sources);
    }

    /** Writes card and picture beside the model file. */
    public void write(Path onnxFile) throws IOException {
        String file = String.valueOf(onnxFile.getFileName());
        String stem = file.endsWith(".onnx") ? file.substring(0, file.length() - 5) : file;
        Path picture = onnxFile.resolveSibling(stem + ".png");
        Optional<Kind.Frame> frame = assessment.evidence().frame();
        if (frame.isPresent()) {
            Files.write(
                    picture,
                    FrameExamples.of(frame.get(), model.heldOut().cases()).png());
        } else {
            plot().write(picture);
        }
        Files.writeString(onnxFile.resolveSibling(stem + ".md"), text(stem));
    }

    private SignalPlot plot() {
        TrainedModel.Example example = model.example();
        String title = spec.name() + ":" + spec.version() + ", a window it was not trained on";
        SignalPlot plot = SignalPlot.of(title);
        if (sampleRateHz > 0) {
            plot.timeAxis("time (s)", 1 / sampleRateHz);
        }
        String unit =
                spec.unit().isEmpty() ? spec.channels().get(0) : spec.channels().get(0) + " (" + spec.unit() + ")";
        plot.panel(unit).line("noisy", example.raw().toArray());
        if (example.clean().length() == 0) {
            return plot.panel(unit).line("cleaned", example.cleaned().toArray());
        }
        return plot.line("clean", example.clean().toArray())
                .panel(unit)
                .line("clean", example.clean().toArray())
                .line("cleaned", example.cleaned().toArray());
    }

    String text(String stem) {
        ModelMetadata metadata = model.metadata();
        Origin origin = new Origin(metadata.training().data(), known(), command);
        List<String> lines = new ArrayList<>();
        lines.add("# " + spec.name() + ":" + spec.version());
        lines.add("");
        lines.add("A denoising autoencoder for " + windows() + " of " + String.join(", ", spec.channels())
                + (spec.unit().isEmpty() ? "" : " in " + spec.unit()) + ".");
        lines.add("Written by `limpid train`; the same facts stand in the file itself (`metadata_props[\"limpid\"]`).");
        lines.add("");
        lines.add((spec.frame().isPresent() ? "![noisy, cleaned and true](" : "![noisy, clean and cleaned](") + stem
                + ".png)");
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        row(
                lines,
                "network",
                spec.network().form() + ": " + grouped(model.parameters()) + " parameters, file of "
                        + grouped(model.bytes().size()) + " bytes");
        row(
                lines,
                "trained",
                grouped(model.steps()) + " steps of " + spec.schedule().batch() + " windows; weights of step "
                        + grouped(model.bestStep()) + "; seed " + spec.seed());
        if (!spec.levels().equals(Levels.DEFAULT)) {
            row(lines, "levels of noise", spec.levels().phrase());
        }
        row(lines, "loss", spec.loss().phrase(spec.channels()));
        row(
                lines,
                origin.madeUp() ? "made of" : known() ? "spoilt by" : "made from",
                String.join("; ", metadata.training().corruption()));
        if (origin.madeUp()) {
            row(lines, "held out", "windows from other seeds");
        } else {
            row(lines, "varied by", spec.augmentation().phrase());
            row(lines, "held out", percent(spec.heldOut()) + " of each recording, at its end");
        }
        row(
                lines,
                "code",
                metadata.training().code() + ", " + metadata.training().threads() + " thread");
        lines.add("");
        lines.add("## How good");
        lines.add("");
        lines.add(
                known()
                        ? "On held-out windows, spoilt as in training (units: dB and " + unit() + "):"
                        : "Nobody knows the truth here. `noiseSigma` is the noise in the recordings by the median of their finest wavelet"
                                + " details, `noiseColour` that of the next scale over it (white: 1). Of held-out windows: `removedRms` was taken"
                                + " away, neighbours of which correlate by `removedCorrelation`; a share `removedColoured` of its"
                                + " autocorrelations is beyond chance (white: 0.05), `removedLjungBox` is the probability of that; hidden"
                                + " samples were predicted with an error of `heldOutMaskedRmse`, their own noise included (units: dB and "
                                + unit() + "):");
        lines.add("");
        lines.addAll(origin.caveats());
        lines.add("| figure | value |");
        lines.add("|---|---|");
        metadata.metrics().forEach((name, value) -> row(lines, name, figure(value)));
        metadata.channels()
                .forEach(channel -> row(lines, "residual scale of " + channel.name(), figure(channel.residualScale())));
        lines.add("");
        lines.add("Beside classical filters on held-out windows, spoilt as in training"
                + (spec.frame().isPresent() ? ":" : " (a filter for whole recordings is at a loss on windows):"));
        lines.add("");
        table(lines, new ComparisonTable(assessment.comparison()).methods());
        lines.add("");
        lines.add("Diagnosis:");
        lines.add("");
        assessment.diagnosis().forEach(line -> lines.add("- " + line));
        lines.add("");
        lines.add(
                "A model erases what it never saw: look at the residual and the score, which stay beside the cleaned value.");
        lines.add("");
        lines.add("## Data");
        lines.add("");
        sources.forEach(source -> lines.add("- " + source));
        if (!sources.isEmpty()) {
            lines.add("");
        }
        lines.addAll(origin.files());
        lines.add("");
        lines.add("## Again");
        lines.add("");
        lines.addAll(origin.again());
        return String.join("\n", lines) + "\n";
    }

    private static void table(List<String> lines, List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            lines.add("| " + String.join(" | ", rows.get(i)) + " |");
            if (i == 0) {
                lines.add("|" + "---|".repeat(rows.get(i).size()));
            }
        }
    }

    private String windows() {
        return spec.frame()
                .map(of -> (of.frames() == 1 ? "frames" : of.frames() + " successive frames") + " of " + of.height()
                        + " x " + of.width() + " pixels")
                .orElse("windows of " + spec.length() + " samples");
    }

    private boolean known() {
        return spec.supervision() instanceof Supervision.Clean;
    }

    private String unit() {
        return spec.unit().isEmpty() ? "the channel's unit" : spec.unit();
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add("| " + name + " | " + value + " |");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String figure(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? grouped((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.4f" : "%.2f", value);
    }
}
