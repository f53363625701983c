package dev.limpid.demo.bench;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.Random;

/**
 * A dense autoencoder 128-64-16-64-128 with fixed random weights, in plain Java: stands in where there is no model file. Safe
 * for use by several threads.
 */
final class DenseDenoiser implements Denoiser {
    private static final int[] SIZES = {BenchSignal.WINDOW, 64, 16, 64, BenchSignal.WINDOW};
    /** Per layer, {@code [out][in]}. */
    private final float[][] weights = new float[SIZES.length - 1][];

    DenseDenoiser() {
        Random random = new Random(7);
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = new float[SIZES[layer] * SIZES[layer + 1]];
            for (int i = 0; i < weights[layer].length; i++) {
                weights[layer][i] = (float) (random.nextGaussian() / Math.sqrt(SIZES[layer]));
            }
        }
    }

    @Override
    public ModelSpec spec() {
        return new ModelSpec(
                new ModelId("stand-in", "1", "0".repeat(64)),
                BenchSignal.WINDOW,
                List.of(new ChannelSpec(BenchSignal.CHANNEL, "", 1f)),
                false,
                false,
                Floats.of());
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
        float[] x = new float[BenchSignal.WINDOW];
        for (int row = from; row < to; row++) {
            batch.x().get(row * BenchSignal.WINDOW, x);
            float[] hidden = x;
            for (int layer = 0; layer < weights.length; layer++) {
                hidden = apply(layer, hidden);
            }
            out.clean().put(row * BenchSignal.WINDOW, hidden);
        }
    }

    private float[] apply(int layer, float[] in) {
        float[] out = new float[SIZES[layer + 1]];
        boolean last = layer == weights.length - 1;
        for (int o = 0; o < out.length; o++) {
            float sum = 0;
            for (int i = 0; i < in.length; i++) {
                sum += weights[layer][o * in.length + i] * in[i];
            }
            out[o] = last ? sum : Math.max(0, sum);
        }
        return out;
    }

    @Override
    public void close() {}
}
