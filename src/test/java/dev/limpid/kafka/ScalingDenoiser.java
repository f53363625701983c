package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A shadow to compute by hand: each value times a factor. May be told to wait, or to fail. */
final class ScalingDenoiser implements Denoiser {
    final CountDownLatch entered = new CountDownLatch(1);
    final AtomicInteger closed = new AtomicInteger();
    private final ModelSpec spec;
    private final float factor;
    private volatile CountDownLatch wait = new CountDownLatch(0);
    private volatile RuntimeException failure;
    private volatile boolean inside;

    ScalingDenoiser(String version, float factor) {
        this(version, factor, 8);
    }

    ScalingDenoiser(String version, float factor, int length) {
        this.spec = new HalvingDenoiser(version, length, 1).spec();
        this.factor = factor;
    }

    /** Stays inside of its next run until {@code latch} is at zero. */
    ScalingDenoiser waitingFor(CountDownLatch latch) {
        wait = latch;
        return this;
    }

    ScalingDenoiser failingWith(RuntimeException exception) {
        failure = exception;
        return this;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        inside = true;
        entered.countDown();
        try {
            wait.await();
        } catch (InterruptedException e) {
            throw new DenoiserException("interrupted", e);
        } finally {
            inside = false;
        }
        if (failure != null) {
            throw failure;
        }
        for (int i = from * batch.windowSize(); i < to * batch.windowSize(); i++) {
            out.clean().put(i, factor * batch.x().get(i));
        }
    }

    @Override
    public void close() {
        if (inside) {
            throw new AssertionError("closed while a thread is inside");
        }
        closed.incrementAndGet();
    }
}
