package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Floats;

/** Stands in for a definition's model where only the shape of things is asked for; it cannot run. */
record UnopenedModel(Definition definition) implements Denoiser {
    @Override
    public ModelSpec spec() {
        return new ModelSpec(
                new ModelId(definition.model().name(), "?", "?"),
                definition.window().length(),
                definition.input().channels().stream()
                        .map(name -> new ChannelSpec(name, "", 1))
                        .toList(),
                false,
                false,
                Floats.of());
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        throw new DenoiserException("the model was not opened");
    }

    @Override
    public void close() {}
}
