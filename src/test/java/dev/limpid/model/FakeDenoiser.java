package dev.limpid.model;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A model that can be computed by hand: {@code clean = factor · x}; throws or gives NaN for marked values. */
public final class FakeDenoiser implements Denoiser {
    /** A window that holds this value makes the run throw. */
    public static final float POISON = 666f;
    /** A window that holds this value gets a NaN. */
    public static final float TO_NAN = 777f;

    private final ModelSpec spec;
    private final float factor;
    public int inside;
    public boolean closed;
    public int runs;

    private FakeDenoiser(ModelSpec spec, float factor) {
        this.spec = spec;
        this.factor = factor;
    }

    public static FakeDenoiser identity(int channels, int length) {
        return times(1f, channels, length);
    }

    public static FakeDenoiser halving(int channels, int length) {
        return times(0.5f, channels, length);
    }

    public static FakeDenoiser times(float factor, int channels, int length) {
        return new FakeDenoiser(spec("fake", "1", channels, length, true), factor);
    }

    /** One that does not take {@code observed}. */
    public static FakeDenoiser blind(int channels, int length) {
        return new FakeDenoiser(spec("blind", "1", channels, length, false), 1f);
    }

    public static FakeDenoiser of(ModelSpec spec, float factor) {
        return new FakeDenoiser(spec, factor);
    }

    public static ModelSpec spec(String name, String version, int channels, int length, boolean observed) {
        List<ChannelSpec> list = new ArrayList<>(Collections.nCopies(channels, new ChannelSpec("c", "mV", 0.5f)));
        return new ModelSpec(
                new ModelId(name, version, "cafe" + version),
                length,
                list,
                observed,
                false,
                Floats.of(0.2f, 0.4f, 0.8f, 1f, 1.25f, 2f, 3f));
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        if (closed) {
            throw new IllegalStateException("used after close");
        }
        inside++;
        runs++;
        try {
            for (int i = from * batch.windowSize(); i < to * batch.windowSize(); i++) {
                float value = batch.x().get(i);
                if (value == POISON) {
                    throw new DenoiserException("poison");
                }
                out.clean().put(i, value == TO_NAN ? Float.NaN : factor * value);
            }
        } finally {
            inside--;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
