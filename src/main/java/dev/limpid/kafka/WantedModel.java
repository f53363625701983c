package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.Provider;

/** What a pipeline wants of its model, as the definition says. */
public final class WantedModel {
    private WantedModel() {}

    /** What it must be to be admitted, but for its vocabulary. */
    public static Expected of(Definition definition) {
        return Expected.of(
                        definition.pipeline(),
                        definition.input().channels(),
                        definition.window().length(),
                        definition.maxWindows(),
                        definition.kind())
                .withEmbedding(definition.output().embeddings().isPresent());
    }

    /** What it is to run on. */
    public static Provider provider(Definition definition) {
        return Provider.valueOf(definition.model().provider().name());
    }
}
