package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.kafka.PipelineRunner;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The part of a demo run in which records flow: sensors, reader and, if the model changes, its announcement. Runs once. */
final class DemoSession {
    private static final long FRAME_MS = 500;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    private final DemoSpec spec;
    private final Definition definition;
    private final Fleet fleet;
    private final PipelineRunner runner;
    private final Consumer<DemoFrame> display;
    private final Books books;
    private final Feed feed;
    private final Reader reader;
    private final DemoView view;
    private final long startNanos = System.nanoTime();
    private long frameNanos = startNanos;
    private long framedSent;
    private long framedAnswered;

    DemoSession(
            DemoSpec spec,
            Definition definition,
            Fleet fleet,
            PipelineRunner runner,
            String bootstrapServers,
            Consumer<DemoFrame> display) {
        // the run ends about now in simulated time, for brokers refuse records from the future
        long epochMs = System.currentTimeMillis() - spec.simulatedMs();
        this.spec = spec;
        this.definition = definition;
        this.fleet = fleet;
        this.runner = runner;
        this.display = display;
        this.books = Books.of(fleet, definition.window(), spec.simulatedMs());
        this.view = new DemoView(spec, fleet);
        this.reader = new Reader(definition, fleet, books, bootstrapServers, epochMs);
        this.feed = new Feed(
                fleet,
                books.ledger(),
                bootstrapServers,
                definition.input().topic(),
                DemoRun.BLOCK_LENGTH,
                DemoRun.blocks(spec.simulatedMs(), fleet.sampleRateHz()),
                spec.speed(),
                epochMs,
                spec.swap().map(this::late).orElse(moment -> false));
    }

    private LongPredicate late(SwapPlan plan) {
        return moment -> moment >= plan.lateMs() && books.models().awaited();
    }

    /**
     * What announces {@code model} in this session.
     *
     * @param key the private key to sign with
     */
    Announcement announcement(Path model, Path key, SwapPlan plan) {
        return new Announcement(definition, model, key, plan, feed::sentMs, books.models());
    }

    /** What has {@code trainer} make a better model in this session; likewise. */
    Retraining retraining(DemoTrainer trainer, Path key, SwapPlan plan) {
        return new Retraining(definition, spec.home(), key, trainer, plan.atMs(), feed::sentMs, books.models());
    }

    /** @param announcing announces a model half-way, if the model changes */
    DemoSummary run(Optional<? extends Runnable> announcing) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> reading = threads.submit(reader);
            Future<?> feeding = threads.submit(feed);
            announcing.ifPresent(threads::execute);
            while (!done(feeding, FRAME_MS)) {
                failIfDone(reading);
                show();
            }
            double perSecond = books.ledger().figures().answeredRecords() / ((System.nanoTime() - startNanos) / 1e9);
            long end = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
            while (books.ledger().figures().pending() > 0 && System.nanoTime() < end) {
                done(reading, FRAME_MS);
                failIfDone(reading);
                show();
            }
            // what else would come, such as repetitions, comes with the next commits
            done(reading, FRAME_MS);
            show();
            reader.stop();
            done(reading, DemoRun.START_TIMEOUT.toMillis());
            return summary(perSecond);
        } finally {
            reader.stop();
            threads.shutdownNow();
        }
    }

    /** Whether {@code work} ends within {@code ms}. */
    private static boolean done(Future<?> work, long ms) throws InterruptedException {
        try {
            work.get(ms, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void failIfDone(Future<?> reading) {
        if (reading.isDone()) {
            throw new IllegalStateException("the reader ended early");
        }
        if (runner.ended()) {
            throw new IllegalStateException("the topology ended early: it is " + runner.state());
        }
    }

    private void show() {
        long now = System.nanoTime();
        Ledger.Figures figures = books.ledger().figures();
        double seconds = (now - frameNanos) / 1e9;
        DemoView.Moment moment = new DemoView.Moment(
                Duration.ofNanos(now - startNanos),
                (figures.sentRecords() - framedSent) / seconds,
                (figures.answeredRecords() - framedAnswered) / seconds,
                figures,
                books,
                books.models().state());
        frameNanos = now;
        framedSent = figures.sentRecords();
        framedAnswered = figures.answeredRecords();
        display.accept(view.frame(moment));
    }

    private DemoSummary summary(double recordsPerSecond) {
        Ledger.Figures figures = books.ledger().figures();
        Findings findings = books.findings();
        ModelWatch.State models = books.models().state();
        return new DemoSummary(
                feed.acknowledged(),
                figures.cleaned(),
                figures.imputed(),
                figures.passedThrough(),
                figures.pending(),
                findings.deadLetters(),
                figures.snrInDb(),
                figures.snrOutDb(),
                fleet.faults().size(),
                findings.foundCount(),
                findings.falseAlarms().size(),
                fleet.sensors().size() * spec.simulatedMs() / 3.6e6,
                figures.p50Ms(),
                figures.p99Ms(),
                recordsPerSecond,
                models.newest(),
                spec.swap().map(plan -> SwapSummary.of(models, figures)),
                feed.achievedSpeed(),
                firstAnswerSeconds(),
                Conservation.problems(feed, figures, runner.counts()),
                remarks());
    }

    private double firstAnswerSeconds() {
        double ago = (System.nanoTime() - books.ledger().firstAnswerNanos()) / 1e9;
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3 - ago;
    }

    private List<String> remarks() {
        Findings findings = books.findings();
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < fleet.faults().size(); i++) {
            Fault fault = fleet.faults().get(i);
            if (!findings.found(i)) {
                remarks.add("missed: " + fault.kind().label() + " on "
                        + fleet.sensors().get(fault.sensor()).name() + " at " + fault.startMs() / 1000 + " s");
            }
        }
        findings.falseAlarms().forEach(alarm -> remarks.add("false alarm: " + alarm));
        return remarks;
    }
}
