package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;

/** What must come out: the model's answer to every window of a {@link BenchSignal}, computed here. Immutable. */
final class Expectation {
    private static final int WINDOWS = BenchSignal.PERIOD / BenchSignal.WINDOW;
    private final float[] clean;
    private final float[] scores;

    Expectation(BenchSignal signal, Denoiser denoiser) throws DenoiserException {
        this.clean = new float[signal.series() * BenchSignal.PERIOD];
        this.scores = new float[signal.series() * WINDOWS];
        float residualScale = denoiser.spec().channels().get(0).residualScale();
        WindowBatch batch = new WindowBatch(WINDOWS, 1, BenchSignal.WINDOW);
        Reconstruction reconstruction = new Reconstruction(WINDOWS, 1, BenchSignal.WINDOW);
        for (int s = 0; s < signal.series(); s++) {
            batch.clear();
            for (int window = 0; window < WINDOWS; window++) {
                batch.add();
            }
            for (int i = 0; i < BenchSignal.PERIOD; i++) {
                batch.x().put(i, signal.value(s, i));
                batch.observed().put(i, 1f);
            }
            denoiser.denoise(batch, 0, WINDOWS, reconstruction);
            reconstruction.clean().get(0, clean, s * BenchSignal.PERIOD, BenchSignal.PERIOD);
            for (int window = 0; window < WINDOWS; window++) {
                scores[s * WINDOWS + window] =
                        Windows.score(batch.x(), reconstruction.clean(), window * BenchSignal.WINDOW, residualScale);
            }
        }
    }

    float clean(int s, long sample) {
        return clean[s * BenchSignal.PERIOD + (int) (sample % BenchSignal.PERIOD)];
    }

    float score(int s, long window) {
        return scores[s * WINDOWS + (int) (window % WINDOWS)];
    }
}
