package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.kafka.ModelTrials;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.model.ModelSlot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;

/**
 * The demo: a broker in a child process, the topology of {@code topology/demo.yaml} in this one, simulated sensors at one end
 * and a read_committed reader at the other, who holds what arrives against the known truth. Half-way a better model is published.
 */
public final class DemoRun {
    /** Samples per record: 0.1 s of a sensor. */
    static final int BLOCK_LENGTH = 25;

    static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 2;

    private final DemoSpec spec;
    private final Consumer<DemoFrame> display;
    private final Workplace workplace;
    private final Optional<DemoTrainer> trainer;
    private final Definition sketch;

    private DemoRun(DemoSpec spec, Consumer<DemoFrame> display, Workplace workplace, Optional<DemoTrainer> trainer) {
        this.trainer = trainer;
        this.spec = spec;
        this.display = display;
        this.workplace = workplace;
        this.sketch = DemoModels.definition(spec.home(), Map.of());
    }

    /**
     * Runs a demo to its end.
     *
     * @param display hears twice a second how it stands
     * @throws IllegalStateException if broker, topology or reader fail
     */
    public static DemoSummary run(DemoSpec spec, Consumer<DemoFrame> display) throws InterruptedException {
        return run(spec, display, UnaryOperator.identity());
    }

    /**
     * The same from a cold start: it begins on the general model, and half-way {@code trainer} makes a better one of what flowed.
     *
     * @throws IllegalStateException if broker, topology or reader fail
     */
    public static DemoSummary run(DemoSpec spec, Consumer<DemoFrame> display, DemoTrainer trainer)
            throws InterruptedException {
        try (Workplace workplace = Workplace.open()) {
            return new DemoRun(spec, display, workplace, Optional.of(trainer)).run(UnaryOperator.identity());
        }
    }

    /** @param signer the private key that the better model is announced with, given the one that is trusted */
    static DemoSummary run(DemoSpec spec, Consumer<DemoFrame> display, UnaryOperator<Path> signer)
            throws InterruptedException {
        try (Workplace workplace = Workplace.open()) {
            return new DemoRun(spec, display, workplace, Optional.empty()).run(signer);
        }
    }

    /** Records per sensor for {@code simulatedMs}. */
    static long blocks(long simulatedMs, double sampleRateHz) {
        return (long) Math.ceil(simulatedMs * sampleRateHz / 1000 / BLOCK_LENGTH);
    }

    private DemoSummary run(UnaryOperator<Path> signer) throws InterruptedException {
        CompletableFuture<ChildBroker> starting = CompletableFuture.supplyAsync(() -> ChildBroker.start("512m"));
        Path key = workplace.folder().resolve("key");
        Map<String, String> variables = new HashMap<>(DemoModels.trust(key));
        variables.put(
                "LIMPID_KAFKA_STATE_DIR", workplace.folder().resolve("state").toString());
        spec.swap()
                .ifPresent(plan -> variables.putAll(trainer.isPresent() ? DemoModels.general() : DemoModels.plain()));
        Fleet fleet =
                Fleet.demo(spec.seed(), spec.sensors(), sketch.input().sampleRateHz(), spec.simulatedMs(), spec.swap());
        ModelTrials trials = DemoModels.begin(spec.home(), DemoModels.definition(spec.home(), variables));
        try (ModelSlot slot = trials.slot();
                ChildBroker broker = starting.join()) {
            variables.put("LIMPID_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            Definition definition = DemoModels.definition(spec.home(), variables);
            createTopics(definition, broker);
            try (DemoModels models = DemoModels.follow(definition, trials);
                    PipelineRunner runner = PipelineRunner.start(definition, slot, DemoModels.INSTANCE)) {
                awaitReady(runner);
                models.serve(runner.latencyBound());
                DemoSession session =
                        new DemoSession(spec, definition, fleet, runner, broker.bootstrapServers(), display);
                return session.run(spec.swap().map(plan -> changing(session, plan, signer.apply(key))));
            }
        }
    }

    /** What changes the model half-way. */
    private Runnable changing(DemoSession session, SwapPlan plan, Path key) {
        return trainer.isPresent()
                ? session.retraining(trainer.get(), key, plan)
                : session.announcement(DemoModels.file(spec.home(), sketch), key, plan);
    }

    private static void createTopics(Definition definition, ChildBroker broker) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new Topics(admin).create(definition, PARTITIONS, Optional.of((short) 1));
            ModelTopics.of(definition).ifPresent(topics -> topics.create(admin));
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
}
