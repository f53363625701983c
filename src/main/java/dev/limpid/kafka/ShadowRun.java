package dev.limpid.kafka;

import dev.limpid.model.Compared;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.RanWindow;
import dev.limpid.score.ShadowComparison;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Held;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shadow at work: a queue of windows, and the thread that runs them and compares. The thread is the only one that is ever inside the
 * shadow, so it closes it itself. Its lock is for who asks what was found; {@link #offer} takes none.
 */
final class ShadowRun {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowRun.class);
    /** What may wait: as many windows, and as many bytes, but one window in any case. */
    private static final int MOST_WINDOWS = 4_096;

    private static final long MOST_BYTES = 16L << 20;
    /** A run's windows: few, so that an end is not waited for. */
    private static final int BATCH = 16;
    /** How long it sleeps when nothing waits: to be woken would cost the stream thread a call into the system. */
    private static final long IDLE_NANOS = 20_000_000;

    private final Denoiser shadow;
    private final ModelTrials trials;
    private final Shadow.ShadowCounts counts;
    private final AlertSpec alerts;
    private final Queue<RanWindow> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger room;
    private final Thread thread;
    private final WindowBatch batch;
    private final Reconstruction out;
    private final float[] x;
    private final float[] observed;
    private final float[] error;
    private final List<RanWindow> taken = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    private ShadowComparison comparison;
    private RunTime inForceTime = new RunTime();
    private RunTime shadowTime = new RunTime();
    private long droppedBefore;
    private long sinceMs;
    private String trouble = "";

    /**
     * What was found so far.
     *
     * @param sinceMs when the comparison with this model in force began
     * @param trouble why it does not go on; empty if it does
     */
    record Found(ModelId inForce, ModelId shadow, long sinceMs, Compared compared, String trouble) {}

    private ShadowRun(
            PipelineSpec pipeline,
            ModelTrials trials,
            Denoiser shadow,
            Shadow.ShadowCounts counts,
            @Nullable CountDownLatch before) {
        int channels = pipeline.channels().size();
        int length = pipeline.window().length();
        long windows = Math.max(1, Math.min(MOST_WINDOWS, MOST_BYTES / RanWindow.bytes(channels, length)));
        int most = (int) Math.min(BATCH, windows);
        this.shadow = shadow;
        this.trials = trials;
        this.counts = counts;
        this.alerts = pipeline.alerts();
        this.room = new AtomicInteger((int) windows);
        this.batch = new WindowBatch(most, channels, length);
        this.out = new Reconstruction(most, channels, length);
        this.x = new float[batch.windowSize()];
        this.observed = new float[batch.windowSize()];
        this.error = new float[batch.windowSize()];
        this.comparison = begin(trials.slot().spec());
        this.thread =
                new Thread(() -> run(before), "limpid-shadow-" + shadow.spec().id());
        thread.setDaemon(true);
    }

    /** @param before {@link #over} of the one before, which ends first, so that there is one at a time; null if there was none */
    static ShadowRun start(
            PipelineSpec pipeline,
            ModelTrials trials,
            Denoiser shadow,
            Shadow.ShadowCounts counts,
            @Nullable CountDownLatch before) {
        ShadowRun run = new ShadowRun(pipeline, trials, shadow, counts, before);
        run.thread.start();
        return run;
    }

    /** Takes a copy of a window, or drops it if too many wait. */
    void offer(SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean) {
        if (ended) {
            return;
        }
        if (room.getAndDecrement() <= 0) {
            room.incrementAndGet();
            counts.dropped.increment();
        } else {
            queue.add(RanWindow.of(series, model, score, x, observed, clean));
        }
    }

    private ShadowComparison begin(ModelSpec inForce) {
        inForceTime = new RunTime();
        shadowTime = new RunTime();
        trials.time(inForceTime);
        droppedBefore = counts.dropped.sum();
        sinceMs = System.currentTimeMillis();
        return new ShadowComparison(alerts, inForce, shadow.spec());
    }

    private void run(@Nullable CountDownLatch before) {
        try {
            if (before != null) {
                before.await();
            }
            while (!ended) {
                if (!work()) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "shadow {} ends: {}; the model in force is not concerned",
                    shadow.spec().id(),
                    e.toString(),
                    e);
            synchronized (this) {
                trouble = "it ended: " + e;
            }
        } finally {
            ended = true;
            queue.clear();
            try {
                shadow.close();
            } finally {
                over.countDown();
            }
        }
    }

    /** Runs what waits, a batch at most; gives whether anything did. */
    private boolean work() {
        taken.clear();
        batch.clear();
        for (RanWindow next = batch.full() ? null : queue.poll();
                next != null;
                next = batch.full() ? null : queue.poll()) {
            put(next, batch.add());
            taken.add(next);
        }
        if (taken.isEmpty()) {
            return false;
        }
        if (!denoise(0, taken.size())) {
            for (int row = 0; row < taken.size() && !ended; row++) {
                boolean done = taken.size() > 1 && denoise(row, row + 1);
                compare(row, row + 1, done);
            }
        } else {
            compare(0, taken.size(), true);
        }
        room.addAndGet(taken.size());
        return true;
    }

    /** A window as the shadow takes it, whatever the model in force takes. */
    private void put(RanWindow window, int row) {
        window.x().copyTo(x);
        window.observed().copyTo(observed);
        if (shadow.spec().observed()) {
            for (int i = 0; i < x.length; i++) {
                x[i] = observed[i] == 0f ? 0f : x[i];
            }
        } else if (shadow.spec().holds()) {
            for (int from = 0; from < x.length; from += batch.length()) {
                Held.fill(x, observed, from, from + batch.length());
            }
        }
        batch.x().put(row * x.length, x);
        batch.observed().put(row * x.length, observed);
    }

    private boolean denoise(int from, int to) {
        long start = System.nanoTime();
        try {
            shadow.denoise(batch, from, to, out);
            shadowTime.add(to - from, System.nanoTime() - start);
            return true;
        } catch (DenoiserException | RuntimeException e) {
            return false;
        }
    }

    private synchronized void compare(int from, int to, boolean done) {
        for (int row = from; row < to && !ended; row++) {
            RanWindow window = taken.get(row);
            if (!window.model().id().equals(comparison.inForce().id())) {
                comparison = begin(window.model());
            }
            boolean good = false;
            if (done && shadow.spec().outputs().problem(out, row, x.length) == null) {
                out.clean().get(row * x.length, x);
                if (shadow.spec().error()) {
                    out.error().get(row * x.length, error);
                }
                float score = shadow.spec().outputs().score() ? out.score().get(row) : Float.NaN;
                good = comparison.compare(window, x, error, score);
            } else {
                comparison.failed(window);
            }
            (good ? counts.compared : counts.failed).increment();
        }
    }

    synchronized Found found() {
        Compared compared = comparison.compared(
                counts.dropped.sum() - droppedBefore, inForceTime.nanosPerWindow(), shadowTime.nanosPerWindow());
        return new Found(comparison.inForce().id(), shadow.spec().id(), sinceMs, compared, trouble);
    }

    /** Takes no more and changes nothing any more; its thread closes the shadow as soon as it is out of it. */
    synchronized void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    /** At zero when the shadow is closed. Holds nothing of the run. */
    CountDownLatch over() {
        return over;
    }
}
