package dev.limpid.kafka;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model to compute by hand: half of each value plus a little that depends on its place in the window, so that a window
 * missing from an overlap shows. A window whose first value is above {@link #POISON} makes the whole batch fail.
 */
class HalvingDenoiser implements Denoiser {
    static final float POISON = 1e6f;
    private final ModelSpec spec;

    HalvingDenoiser(int length, int channels) {
        this("1", length, channels);
    }

    HalvingDenoiser(String version, int length, int channels) {
        this(version, length, channels, Kind.SIGNAL);
    }

    HalvingDenoiser(String version, int length, int channels, Kind kind) {
        List<ChannelSpec> specs = IntStream.range(0, channels)
                .mapToObj(i -> new ChannelSpec("c" + i, "mV", 1f))
                .toList();
        Floats quantiles = Floats.of(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.8f, 1f);
        spec = new ModelSpec(
                new ModelId("half", version, "0123456789abcdef"),
                length,
                specs,
                true,
                false,
                quantiles,
                WindowRange.UNKNOWN,
                kind,
                Outputs.NONE,
                Vocabulary.EMPTY);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        int size = batch.windowSize();
        for (int window = from; window < to; window++) {
            for (int i = 0; i < size; i++) {
                float x = batch.x().get(window * size + i);
                if (x > POISON) {
                    throw new DenoiserException("poisoned window");
                }
                out.clean().put(window * size + i, x * 0.5f + i * 0.001f);
            }
        }
    }

    @Override
    public void close() {}
}
