package dev.limpid.cli;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.StrengthSweep;
import dev.limpid.train.CorruptionSweep;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --sweep corruption}: short trainings at several strengths before the long one, which takes the best. */
final class SweepOptions {
    private static final List<Double> STRENGTHS = List.of(0.25, 0.5, 1.0, 2.0, 4.0);

    @Option(
            names = "--sweep",
            paramLabel = "WHAT",
            description =
                    "corruption: train for a short time at several strengths of it, plot the gain (NAME.sweep.png), and train"
                            + " with the one that is best on validation windows.")
    private @Nullable Swept swept;

    @Option(
            names = "--strengths",
            split = ",",
            paramLabel = "FACTOR",
            description = "Factors on the corruption; default: 0.25,0.5,1,2,4.")
    private List<Double> strengths = List.of();

    @Option(
            names = "--sweep-steps",
            paramLabel = "STEPS",
            description = "Of each short training; default: a tenth of the long one's.")
    private @Nullable Integer steps;

    enum Swept {
        CORRUPTION
    }

    /** What came of a sweep, if one was asked for, and the spec to go on with. */
    record Outcome(Optional<StrengthSweep> sweep, TrainSpec spec) {
        /** With what the sweep found wrong. */
        Assessment judged(Assessment assessment) {
            return assessment.with(sweep.map(StrengthSweep::findings).orElse(List.of()));
        }
    }

    void check(boolean synthetic, List<String> problems) {
        if (swept != null && synthetic) {
            problems.add("--sweep corruption needs recordings; train.synthetic makes its signals up");
        }
        if (swept == null && !strengths.isEmpty()) {
            problems.add("--strengths has no meaning without --sweep corruption; add that, or leave it out");
        }
        if (swept == null && steps != null) {
            problems.add("--sweep-steps has no meaning without --sweep corruption; add that, or leave it out");
        }
        if (steps != null && steps < 1) {
            problems.add("--sweep-steps is " + steps + ", needs at least 1");
        }
    }

    /** Sweeps, tells each point and writes the picture beside the model. */
    Outcome sweep(TrainingData data, TrainSpec spec, Path model, PrintWriter err) throws TrainingRefused, IOException {
        if (swept == null) {
            return new Outcome(Optional.empty(), spec);
        }
        int each = steps != null ? steps : Math.max(1, spec.schedule().steps() / 10);
        CorruptionSweep corruption = new CorruptionSweep(data, spec, each);
        StrengthSweep sweep = corruption.over(strengths.isEmpty() ? STRENGTHS : strengths, point -> {
            err.println(String.format(
                    Locale.ROOT,
                    "sweep: strength %s gains %+.2f dB after %d steps",
                    point.strength(),
                    point.gainDb(),
                    each));
            err.flush();
        });
        double best = sweep.best().strength();
        err.println("sweep: trains with strength " + best);
        String file = String.valueOf(model.getFileName());
        String stem = file.endsWith(".onnx") ? file.substring(0, file.length() - 5) : file;
        sweep.plot(spec.name() + ", gain by the corruption's strength")
                .write(model.resolveSibling(stem + ".sweep.png"));
        return new Outcome(Optional.of(sweep), corruption.at(best));
    }
}
