package dev.limpid.telemetry;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Times every run of another denoiser, which it owns, and counts its windows and failures. */
final class TimedDenoiser implements Denoiser {
    private final Denoiser inner;
    private final Timer time;
    private final Counter failures;
    private final DistributionSummary windows;

    TimedDenoiser(Denoiser inner, Timer time, Counter failures, DistributionSummary windows) {
        this.inner = inner;
        this.time = time;
        this.failures = failures;
        this.windows = windows;
    }

    @Override
    public ModelSpec spec() {
        return inner.spec();
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        long start = System.nanoTime();
        try {
            inner.denoise(batch, from, to, out);
        } catch (DenoiserException e) {
            failures.increment();
            throw e;
        } finally {
            time.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            windows.record(to - from);
        }
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
