package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Trial;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.OverlapAdd;
import java.nio.FloatBuffer;

/**
 * Tells of the runs of another denoiser, which it owns, while its trial lasts; afterwards it costs two volatile reads. A run of several
 * windows that fails is not told of: its halves will be tried, and with them the window at fault. Of a model that joins
 * runs only batches at least half full are judged by their time: that of a few windows is the time of whatever they were run with.
 */
final class TriedDenoiser implements Denoiser {
    private final Denoiser inner;
    private final Trial trial;
    private final ModelTrials trials;
    private final long start = System.nanoTime();

    TriedDenoiser(Denoiser inner, Trial trial, ModelTrials trials) {
        this.inner = inner;
        this.trial = trial;
        this.trials = trials;
    }

    @Override
    public ModelSpec spec() {
        return inner.spec();
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        RunTime time = trials.time();
        boolean over = trial.over();
        if ((over && time == null) || from == to) {
            inner.denoise(batch, from, to, out);
            return;
        }
        long before = System.nanoTime();
        try {
            inner.denoise(batch, from, to, out);
        } catch (DenoiserException e) {
            if (to - from == 1 && !over) {
                tell(batch, 1, 1, System.nanoTime() - before);
            }
            throw e;
        }
        long nanos = System.nanoTime() - before;
        if (time != null) {
            time.add(to - from, nanos);
        }
        if (over) {
            return;
        }
        int failed = 0;
        for (int window = from; window < to; window++) {
            boolean good = finite(out.clean(), window, batch.windowSize())
                    && (!inner.spec().error() || finite(out.error(), window, batch.windowSize()))
                    && inner.spec().outputs().problem(out, window, batch.windowSize()) == null;
            failed += good ? 0 : 1;
        }
        tell(batch, to - from, failed, nanos);
        if (trial.lasted(before + nanos - start)) {
            trials.passed(this);
        }
    }

    private void tell(WindowBatch batch, int windows, int failed, long nanos) {
        boolean timed = !inner.joins() || 2 * windows >= batch.capacity();
        String reason = trial.ran(windows, failed, nanos, timed);
        if (reason != null) {
            trials.failed(this, reason);
        }
    }

    private static boolean finite(FloatBuffer values, int window, int size) {
        boolean finite = true;
        for (int i = window * size; i < (window + 1) * size; i++) {
            finite &= Math.abs(values.get(i)) <= OverlapAdd.LARGEST;
        }
        return finite;
    }

    @Override
    public void close() {
        inner.close();
    }
}
