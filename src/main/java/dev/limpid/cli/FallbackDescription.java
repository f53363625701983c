package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Fallback;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.FallbackKey;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.score.GuardRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code gaps.fallback} does with the bundled model, in figures and sentences. */
record FallbackDescription(Fallback fallback, Definition definition, Range range) {
    /** Whether the bundled model knows its range, so that what is out of it can be told. */
    enum Range {
        KNOWN("tells what is out of its range"),
        NOT_KNOWN("does not know its range, so the filter stands in only where it fails; "),
        NOT_READ("cannot be read here");

        private final String text;

        Range(String text) {
            this.text = text;
        }
    }

    static FallbackDescription of(Fallback fallback, Definition definition, Path definitionFile) {
        Path model = DefinitionLoader.modelFile(definitionFile, definition);
        return new FallbackDescription(fallback, definition, range(model));
    }

    private static Range range(Path model) {
        if (!Files.isReadable(model)) {
            return Range.NOT_READ;
        }
        try {
            return ModelInspection.of(model)
                            .metadata()
                            .map(ModelMetadata::range)
                            .filter(each -> each.known())
                            .isPresent()
                    ? Range.KNOWN
                    : Range.NOT_KNOWN;
        } catch (ModelRefused e) {
            return Range.NOT_READ;
        }
    }

    Map<String, Object> tree() {
        GuardRule rule = new GuardRule(definition.window());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("filter", text());
        tree.put("latencySamples", 0);
        tree.put("windowsIn", rule.windowsIn());
        tree.put("windowsOut", rule.windowsOut());
        tree.put("bundledModel", range.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return tree;
    }

    String lines() {
        GuardRule rule = new GuardRule(definition.window());
        String how =
                fallback instanceof Definition.Median ? " over each frame" : ", forward and backward over each window";
        return "\nfallback\n  " + text() + how + ": no latency of its own\n"
                + "  stands in where the model fails, and in a series that is out of the model's range: after "
                + rule.windowsIn() + " windows more out of\n  it than in it; the model comes back after "
                + rule.windowsOut() + " more in it. A new series is met by it at once\n"
                + "  " + definition.model().bundled() + " " + range.text
                + (range == Range.NOT_KNOWN ? KindWords.of(definition.kind()).remedy() : "") + "\n";
    }

    private String text() {
        return FallbackKey.text(fallback, definition.input().sampleRateHz());
    }
}
