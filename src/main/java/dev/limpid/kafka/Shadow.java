package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelSpec;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SeriesShare;
import dev.limpid.pipeline.WindowTap;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place beside a pipeline where a shadow runs: on a share of its series, on a thread of its own, without effect. What a stream
 * thread does for it is a copy of each window of those series into a queue that is full at some bound and then drops; it takes no lock,
 * and while no shadow runs it reads one volatile field per window. Thread-safe.
 */
public final class Shadow implements WindowTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final PipelineSpec pipeline;
    private final ShadowSpec spec;
    private final ModelTrials trials;
    private final SeriesShare share;
    private final ShadowCounts counts = new ShadowCounts();
    private volatile @Nullable ShadowRun run;
    /** Whether the one that runs, or ran last, is out of the model yet. */
    private @Nullable CountDownLatch last;

    private boolean closed;

    /** Windows by what became of them, over all shadows since the start. */
    static final class ShadowCounts {
        final LongAdder compared = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder dropped = new LongAdder();
    }

    /** @param trials of the same pipeline: how long its model in force takes is measured there */
    public Shadow(PipelineSpec pipeline, ShadowSpec spec, ModelTrials trials) {
        this.pipeline = pipeline;
        this.spec = spec;
        this.trials = trials;
        this.share = new SeriesShare(spec.share());
    }

    @Override
    public boolean wants(SeriesKey series) {
        ShadowRun now = run;
        return now != null && share.holds(series);
    }

    @Override
    public void ran(SeriesKey series, ModelSpec model, WindowScore score, float[] x, float[] observed, float[] clean) {
        ShadowRun now = run;
        if (now != null) {
            now.offer(series, model, score, x, observed, clean);
        }
    }

    ShadowSpec spec() {
        return spec;
    }

    ModelTrials trials() {
        return trials;
    }

    /** Runs a shadow from now on, which it owns; the one before it ends. */
    synchronized void begin(Denoiser shadow) {
        if (closed) {
            shadow.close();
            return;
        }
        end();
        ShadowRun next = ShadowRun.start(pipeline, trials, shadow, counts, last);
        last = next.over();
        run = next;
    }

    /** Ends the shadow that runs; its thread closes it as soon as it is out of the model. */
    synchronized void end() {
        ShadowRun ended = run;
        run = null;
        if (ended != null) {
            ended.end();
            trials.time(null);
        }
    }

    /** What the shadow that runs has found so far; empty if none does. */
    Optional<ShadowRun.Found> found() {
        ShadowRun now = run;
        return now == null ? Optional.empty() : Optional.of(now.found());
    }

    /** Windows that a shadow and the model in force both did, so far. */
    public long compared() {
        return counts.compared.sum();
    }

    /** Windows that a shadow failed on, so far. */
    public long failed() {
        return counts.failed.sum();
    }

    /** Windows that were not compared because the queue was full, so far. */
    public long dropped() {
        return counts.dropped.sum();
    }

    /** Ends the shadow that runs, waits a little until its session is closed, and takes no other. */
    @Override
    public void close() {
        CountDownLatch ended;
        synchronized (this) {
            closed = true;
            end();
            ended = last;
        }
        if (ended != null) {
            try {
                if (!ended.await(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug("closed while a shadow is still in its model");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
