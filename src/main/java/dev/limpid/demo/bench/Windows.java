package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.nio.FloatBuffer;

/**
 * A batch of windows on its way through the model, as the contenders written by hand do it: whole windows, one channel,
 * every value observed. Confined to one thread.
 */
final class Windows {
    /** Who receives the windows of a batch, in the order in which they were added. */
    interface Out {
        void window(byte[] key, int partition, long startMs, FloatBuffer clean, int at, float score);
    }

    private final Denoiser denoiser;
    private final WindowBatch batch;
    private final Reconstruction reconstruction;
    private final Meter meter;
    private final Out out;
    private final float residualScale;
    private final byte[][] keys;
    private final int[] partitions;
    private final long[] startsMs;

    /** @param denoiser stays the caller's */
    Windows(Denoiser denoiser, int capacity, Meter meter, Out out) {
        this.denoiser = denoiser;
        this.batch = new WindowBatch(capacity, 1, BenchSignal.WINDOW);
        this.reconstruction = new Reconstruction(capacity, 1, BenchSignal.WINDOW);
        this.meter = meter;
        this.out = out;
        this.residualScale = denoiser.spec().channels().get(0).residualScale();
        this.keys = new byte[capacity][];
        this.partitions = new int[capacity];
        this.startsMs = new long[capacity];
        for (int i = 0; i < batch.observed().capacity(); i++) {
            batch.observed().put(i, 1f);
        }
    }

    /** Adds a window, and runs the batch if it is full. */
    void add(byte[] key, int partition, long startMs, float[] values) {
        int row = batch.add();
        batch.x().put(row * BenchSignal.WINDOW, values, 0, BenchSignal.WINDOW);
        keys[row] = key;
        partitions[row] = partition;
        startsMs[row] = startMs;
        if (batch.full()) {
            run();
        }
    }

    /** Runs what is there. */
    void run() {
        int windows = batch.size();
        if (windows == 0) {
            return;
        }
        try {
            denoiser.denoise(batch, 0, windows, reconstruction);
        } catch (DenoiserException e) {
            throw new IllegalStateException(e);
        }
        FloatBuffer clean = reconstruction.clean();
        for (int row = 0; row < windows; row++) {
            int at = row * BenchSignal.WINDOW;
            out.window(keys[row], partitions[row], startsMs[row], clean, at, score(clean, at));
        }
        batch.clear();
        meter.add((long) windows * BenchSignal.WINDOW);
    }

    /** Root mean square of the residual over the model's scale. */
    private float score(FloatBuffer clean, int at) {
        return score(batch.x(), clean, at, residualScale);
    }

    static float score(FloatBuffer raw, FloatBuffer clean, int at, float residualScale) {
        float sum = 0;
        for (int i = at; i < at + BenchSignal.WINDOW; i++) {
            float residual = (raw.get(i) - clean.get(i)) / residualScale;
            sum += residual * residual;
        }
        return (float) Math.sqrt(sum / BenchSignal.WINDOW);
    }

    /** A window that is filling up. */
    static final class Filling {
        final float[] values = new float[BenchSignal.WINDOW];
        int size;
        long startMs;

        /** Takes a sample; true if the window is full, and then starts anew. */
        boolean add(float value, long timestampMs) {
            if (size == 0) {
                startMs = timestampMs;
            }
            values[size++] = value;
            if (size == BenchSignal.WINDOW) {
                size = 0;
                return true;
            }
            return false;
        }
    }
}
