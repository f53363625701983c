package dev.limpid.train;

import dev.limpid.train.tokens.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What people should know of a trained model of tokens: {@code NAME.md} beside {@code NAME.onnx}.
 *
 * @param cost what a window costs
 * @param command the command that trained it
 * @param sources where the data come from and under which licence, one line each
 */
public record TokenCard(TokenSpec spec, TrainedTokens model, TokenCost cost, String command, List<String> sources) {
    public TokenCard {
        sources = List.copyOf(sources);
    }

    /** Writes the card beside the model file. */
    public void write(Path onnxFile) throws IOException {
        String file = String.valueOf(onnxFile.getFileName());
        String stem = file.endsWith(".onnx") ? file.substring(0, file.length() - 5) : file;
        Files.writeString(onnxFile.resolveSibling(stem + ".md"), text());
    }

    String text() {
        Map<String, Double> metrics = model.metadata().metrics();
        List<String> lines = new ArrayList<>();
        lines.add("# " + spec.name() + ":" + spec.version());
        lines.add("");
        lines.add("A masked model of tokens for windows of " + spec.length() + " of "
                + model.metadata().vocabulary() + ". It judges each token by the others, and each window as a whole.");
        lines.add("Written by `limpid train`; the same facts stand in the file itself (`metadata_props[\"limpid\"]`).");
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        row(
                lines,
                "network",
                spec.network().form() + ", " + spec.masks() + " masks: " + grouped(model.parameters())
                        + " parameters, file of " + grouped(model.bytes().size()) + " bytes");
        row(lines, "cost", cost.phrase());
        row(
                lines,
                "trained",
                grouped(model.steps()) + " steps of " + spec.schedule().batch() + " windows; weights of step "
                        + grouped(model.bestStep()) + "; seed " + spec.seed());
        row(lines, "loss", spec.loss());
        row(lines, "spoilt by", String.join("; ", model.metadata().training().corruption()));
        row(lines, "held out", String.format(Locale.ROOT, "the last %.0f %% of the sessions", 100 * spec.heldOut()));
        row(lines, "code", model.metadata().training().code() + ", 1 thread");
        lines.add("");
        lines.add("## How good");
        lines.add("");
        lines.add(
                "On held-out sessions, a tenth of whose tokens were masked, or replaced by any other one; with `tokens.fill-above: "
                        + spec.above().fill() + "` and `tokens.replace-above: "
                        + spec.above().replace() + "`:");
        lines.add("");
        lines.add("| | share |");
        lines.add("|---|---|");
        row(lines, "masked tokens restored", percent(metrics, "heldOutMaskedRestored"));
        row(lines, "replaced tokens found and restored", percent(metrics, "heldOutReplacedRestored"));
        row(
                lines,
                "spans of 2 to 4 tokens that collapsed to one mask, their length told",
                percent(metrics, "heldOutLengthsTold"));
        row(lines, "untouched tokens changed", percent(metrics, "heldOutUntouchedChanged"));
        lines.add("");
        lines.add(
                "A window's score is the greatest share that a check has of its threshold; above 1 it stands out. Thresholds are calibrated on "
                        + grouped(model.thresholds().units())
                        + " training sessions, each judged by what it had no hand in ("
                        + spec.scoring().folds()
                        + " parts for the tokens' surprise, leave one out for the rest), so that of further normal sessions a share of at most "
                        + spec.scoring().falseAlarms() + " is expected to stand out; of these "
                        + model.thresholds().above() + " do.");
        lines.add("");
        lines.add(
                "Of sessions with one made-up fault (a token lost, twice, put in, replaced, in another's place, or the end gone)"
                        + String.format(
                                Locale.ROOT,
                                " %.1f %% stand out; by the tokens' surprise alone, with thresholds of its own, %.1f %%.",
                                100 * metrics.getOrDefault("calibratedFaultsFound", Double.NaN),
                                100 * metrics.getOrDefault("aloneFaultsFound", Double.NaN)));
        lines.add("");
        lines.add("| check | threshold |");
        lines.add("|---|---|");
        for (Check check : Check.values()) {
            row(
                    lines,
                    words(check),
                    String.format(Locale.ROOT, "%.4g", model.thresholds().of(check)));
        }
        lines.add("");
        lines.add("## Data");
        lines.add("");
        sources.forEach(source -> lines.add("- " + source));
        if (!sources.isEmpty()) {
            lines.add("");
        }
        lines.add("| file | sha-256 |");
        lines.add("|---|---|");
        model.metadata().training().data().forEach((name, digest) -> row(lines, name, "`" + digest + "`"));
        lines.add("");
        lines.add("Of the data the file holds the tokens' names and counts, and "
                + "how often each token stands in the most frequent kinds of window.");
        lines.add("");
        lines.add("## Again");
        lines.add("");
        lines.addAll(List.of("```", command, "```", "", "The same data, code and kind of CPU give the same bytes."));
        return String.join("\n", lines) + "\n";
    }

    /** For people. */
    public static String words(Check check) {
        return switch (check) {
            case SURPRISE -> "greatest surprise among the known tokens, nats";
            case MEAN_SURPRISE -> "mean surprise of the known tokens, nats";
            case UNKNOWN -> "unknown tokens";
            case LENGTH -> "tokens beyond the lengths of training";
            case COUNTS -> "distance to the nearest count vector";
        };
    }

    private static String percent(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * value);
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add("| " + name + " | " + value + " |");
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
