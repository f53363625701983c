package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * The demo: a broker in a child process, the topology of {@code topology/demo.yaml} in this one, simulated sensors at one end
 * and a read_committed reader at the other, who holds what arrives against the known truth.
 */
public final class DemoRun {
    /** Samples per record: 0.1 s of a sensor. */
    static final int BLOCK_LENGTH = 25;

    private static final int PARTITIONS = 2;
    private static final long FRAME_MS = 500;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    private final DemoSpec spec;
    private final Consumer<DemoFrame> display;
    private final Workplace workplace;

    private DemoRun(DemoSpec spec, Consumer<DemoFrame> display, Workplace workplace) {
        this.spec = spec;
        this.display = display;
        this.workplace = workplace;
    }

    /**
     * Runs a demo to its end.
     *
     * @param display hears twice a second how it stands
     * @throws IllegalStateException if broker, topology or reader fail
     */
    public static DemoSummary run(DemoSpec spec, Consumer<DemoFrame> display) throws InterruptedException {
        try (Workplace workplace = Workplace.open()) {
            return new DemoRun(spec, display, workplace).run();
        }
    }

    /** Records per sensor for {@code simulatedMs}. */
    static long blocks(long simulatedMs, double sampleRateHz) {
        return (long) Math.ceil(simulatedMs * sampleRateHz / 1000 / BLOCK_LENGTH);
    }

    /** The definition, with {@code variables} over the environment. */
    static Definition definition(Path home, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return DefinitionLoader.load(file(home), all);
    }

    /** Opens the model of the demo's definition. */
    static ModelSlot model(Path home, Definition definition) {
        try {
            Expected expected = new Expected(
                    definition.pipeline(),
                    definition.input().channels().size(),
                    definition.window().length(),
                    definition.maxWindows());
            Path model = DefinitionLoader.modelFile(file(home), definition);
            return new ModelSlot(ModelFile.open(model, Provider.CPU, expected).denoiser());
        } catch (ModelRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Path file(Path home) {
        return home.resolve("topology").resolve("demo.yaml");
    }

    private DemoSummary run() throws InterruptedException {
        CompletableFuture<ChildBroker> starting = CompletableFuture.supplyAsync(() -> ChildBroker.start("512m"));
        Definition sketch = definition(spec.home(), Map.of());
        Fleet fleet = Fleet.demo(spec.seed(), spec.sensors(), sketch.input().sampleRateHz(), spec.simulatedMs());
        try (ModelSlot slot = model(spec.home(), sketch);
                ChildBroker broker = starting.join()) {
            Definition definition = definition(
                    spec.home(),
                    Map.of(
                            "LIMPID_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                            "LIMPID_KAFKA_STATE_DIR", workplace.folder().toString()));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                new Topics(admin).create(definition, PARTITIONS, Optional.of((short) 1));
            }
            try (PipelineRunner runner = PipelineRunner.start(definition, slot, "demo")) {
                awaitReady(runner);
                return new Session(definition, fleet, runner, broker.bootstrapServers()).run();
            }
        }
    }

    private static void awaitReady(PipelineRunner runner) throws InterruptedException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!runner.ready()) {
            if (runner.ended() || System.nanoTime() > end) {
                throw new IllegalStateException("the topology does not start: it is " + runner.state());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** The part in which records flow. */
    private final class Session {
        private final Fleet fleet;
        private final PipelineRunner runner;
        private final Ledger ledger;
        private final Findings findings;
        private final Feed feed;
        private final Reader reader;
        private final DemoView view;
        private final long startNanos = System.nanoTime();
        private long frameNanos = startNanos;
        private long framedSent;
        private long framedAnswered;

        Session(Definition definition, Fleet fleet, PipelineRunner runner, String bootstrapServers) {
            // the run ends about now in simulated time, for brokers refuse records from the future
            long epochMs = System.currentTimeMillis() - spec.simulatedMs();
            this.fleet = fleet;
            this.runner = runner;
            this.ledger = new Ledger(fleet, definition.window(), BLOCK_LENGTH);
            this.findings = new Findings(fleet);
            this.view = new DemoView(spec, fleet);
            this.reader = new Reader(definition, fleet, ledger, findings, bootstrapServers, epochMs);
            this.feed = new Feed(
                    fleet,
                    ledger,
                    bootstrapServers,
                    definition.input().topic(),
                    BLOCK_LENGTH,
                    blocks(spec.simulatedMs(), fleet.sampleRateHz()),
                    spec.speed(),
                    epochMs);
        }

        DemoSummary run() throws InterruptedException {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<?> reading = threads.submit(reader);
                Future<?> feeding = threads.submit(feed);
                while (!done(feeding, FRAME_MS)) {
                    failIfDone(reading);
                    show();
                }
                double perSecond = ledger.figures().answeredRecords() / ((System.nanoTime() - startNanos) / 1e9);
                long end = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
                while (ledger.figures().pending() > 0 && System.nanoTime() < end) {
                    done(reading, FRAME_MS);
                    failIfDone(reading);
                    show();
                }
                // what else would come, such as repetitions, comes with the next commits
                done(reading, FRAME_MS);
                show();
                reader.stop();
                done(reading, START_TIMEOUT.toMillis());
                return summary(perSecond);
            } finally {
                reader.stop();
                threads.shutdownNow();
            }
        }

        /** Whether {@code work} ends within {@code ms}. */
        private boolean done(Future<?> work, long ms) throws InterruptedException {
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
            Ledger.Figures figures = ledger.figures();
            double seconds = (now - frameNanos) / 1e9;
            DemoView.Moment moment = new DemoView.Moment(
                    Duration.ofNanos(now - startNanos),
                    (figures.sentRecords() - framedSent) / seconds,
                    (figures.answeredRecords() - framedAnswered) / seconds,
                    figures,
                    findings,
                    ledger);
            frameNanos = now;
            framedSent = figures.sentRecords();
            framedAnswered = figures.answeredRecords();
            display.accept(new DemoFrame(view.frame(moment), view.line(moment)));
        }

        private DemoSummary summary(double recordsPerSecond) {
            Ledger.Figures figures = ledger.figures();
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
                    findings.model(),
                    feed.achievedSpeed(),
                    firstAnswerSeconds(),
                    Conservation.problems(feed, figures, runner.counts()),
                    remarks());
        }

        private double firstAnswerSeconds() {
            double ago = (System.nanoTime() - ledger.firstAnswerNanos()) / 1e9;
            return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3 - ago;
        }

        private List<String> remarks() {
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
}
