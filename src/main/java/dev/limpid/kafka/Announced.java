package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;

/** A model under the name and version by which it was announced, whatever its file calls it. */
final class Announced implements Denoiser {
    private final Denoiser inner;
    private final ModelSpec spec;

    Announced(Denoiser inner, ModelId id) {
        this.inner = inner;
        ModelSpec own = inner.spec();
        this.spec = own.as(id);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        inner.denoise(batch, from, to, out);
    }

    @Override
    public boolean joins() {
        return inner.joins();
    }

    @Override
    public void close() {
        inner.close();
    }
}
