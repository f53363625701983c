package dev.limpid.service;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;

/** A model for a while: closing it leaves the model open. */
record Borrowed(Denoiser model) implements Denoiser {
    @Override
    public ModelSpec spec() {
        return model.spec();
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        model.denoise(batch, from, to, out);
    }

    @Override
    public void close() {}
}
