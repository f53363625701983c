package dev.limpid.telemetry;

import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.pipeline.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The meters of one pipeline, labelled with its name. Counts are read when Prometheus asks; only batches and records that leave
 * are recorded as they happen. Thread-safe. docs/operations.md says what each meter means.
 */
public final class PipelineMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer latency;
    private final Timer inference;
    private final Counter inferenceFailures;
    private final DistributionSummary batchWindows;
    private final MultiGauge modelInForce;
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final Set<String> checks = ConcurrentHashMap.newKeySet();
    private final List<Supplier<Long>> counts = new CopyOnWriteArrayList<>();
    private volatile Runnable refresher = () -> {};

    PipelineMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline);
        this.latency = Timer.builder("limpid.latency")
                .description("From a record's timestamp to its cleaned record, without the wait for the commit")
                .tags(tags)
                .serviceLevelObjectives(millis(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000))
                .register(registry);
        this.inference = Timer.builder("limpid.inference")
                .description("One run of the model over a batch")
                .tags(tags)
                .serviceLevelObjectives(millis(1, 2, 5, 10, 20, 50, 100, 250, 1_000))
                .register(registry);
        this.inferenceFailures = Counter.builder("limpid.inference.failures")
                .description("Runs of the model that failed; their batch is tried again in halves")
                .tags(tags)
                .register(registry);
        this.batchWindows = DistributionSummary.builder("limpid.batch.windows")
                .description("Windows in one run of the model")
                .tags(tags)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024)
                .register(registry);
        this.modelInForce = MultiGauge.builder("limpid.model.in.force")
                .description("1 for the model in force")
                .tags(tags)
                .register(registry);
    }

    private static Duration[] millis(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }

    /**
     * Publishes the samples by outcome, and the windows.
     *
     * @param sum adds a figure up over the pipeline's tasks
     * @param pending samples that the tasks running now have not yet answered
     */
    public void tally(Sum sum, LongSupplier pending) {
        samples(sum, "accepted", Tally::accepted);
        samples(sum, "cleaned", Tally::cleaned);
        samples(sum, "imputed", Tally::imputed);
        samples(sum, "replaced", Tally::replaced);
        samples(sum, "fallback", Tally::fallback);
        samples(sum, "passed-through", Tally::passedThrough);
        samples(sum, "unknown", Tally::unknown);
        samples(sum, "filled", Tally::filled);
        Gauge.builder("limpid.samples.pending", pending, LongSupplier::getAsLong)
                .description("Samples accepted and not yet answered")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        counter("limpid.windows", "Windows run through the model", tags, () -> sum.of(Tally::windows));
        counter(
                "limpid.segments.ended.by.wall.clock",
                "Segments ended because their whole partition was silent",
                tags,
                () -> sum.of(Tally::wallClockEnds));
    }

    /** Adds a figure up over all tallies of a pipeline. */
    public interface Sum {
        long of(ToLongFunction<Tally> figure);
    }

    private void samples(Sum sum, String outcome, ToLongFunction<Tally> figure) {
        counter(
                "limpid.samples",
                "Samples by outcome: accepted = cleaned + imputed + replaced + fallback + passed-through + pending",
                tags.and("outcome", outcome),
                () -> sum.of(figure));
    }

    private void counter(String name, String description, Tags tags, Supplier<Long> count) {
        counts.add(count); // a function counter holds its object weakly
        FunctionCounter.builder(name, count, Supplier::get)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /**
     * Publishes what changes its labels while the pipeline runs.
     *
     * @param deadLetters dead letters so far, by class of reason
     * @param model the model in force
     * @param provider where it runs
     * @param running whether the pipeline takes records
     */
    public void state(
            Supplier<Map<String, Long>> deadLetters,
            Supplier<ModelId> model,
            String provider,
            BooleanSupplier running) {
        Gauge.builder("limpid.pipeline.running", running, each -> each.getAsBoolean() ? 1 : 0)
                .description("1 while the pipeline takes records")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        refresher = () -> {
            deadLetters.get().keySet().forEach(reason -> deadLetters(deadLetters, reason));
            ModelId id = model.get();
            modelInForce.register(
                    List.of(Row.of(
                            Tags.of(
                                    "model", id.name(),
                                    "version", id.version(),
                                    "sha256",
                                            id.sha256()
                                                    .substring(
                                                            0,
                                                            Math.min(
                                                                    12,
                                                                    id.sha256().length())),
                                    "provider", provider),
                            1)),
                    true);
        };
    }

    /**
     * Publishes the refusals of announced models, by check.
     *
     * @param refusals so far
     */
    public void refusals(Supplier<Map<String, Long>> refusals) {
        Runnable others = refresher;
        refresher = () -> {
            others.run();
            refusals.get().keySet().forEach(check -> {
                if (checks.add(check)) {
                    counter(
                            "limpid.model.refusals",
                            "Announced models and pointers that were refused, and records of no known kind",
                            tags.and("check", check),
                            () -> refusals.get().getOrDefault(check, 0L));
                }
            });
        };
    }

    /**
     * Publishes what became of models that took over.
     *
     * @param rolledBack models taken back so far because they failed their trial
     */
    public void takeOver(Supplier<Long> rolledBack) {
        counter("limpid.model.rolled.back", "Models taken back because they failed their trial", tags, rolledBack);
    }

    /**
     * Publishes the windows of those series that a shadow sees, by what became of them.
     *
     * @param compared windows that both models did
     * @param failed windows that the shadow failed on
     * @param dropped windows that it had no time for
     */
    public void shadow(Supplier<Long> compared, Supplier<Long> failed, Supplier<Long> dropped) {
        Map.of("compared", compared, "failed", failed, "dropped", dropped)
                .forEach((outcome, count) -> counter(
                        "limpid.shadow.windows",
                        "Windows offered to a shadow: compared, failed by it, or dropped because too many waited",
                        tags.and("outcome", outcome),
                        count));
    }

    private void deadLetters(Supplier<Map<String, Long>> counts, String reason) {
        if (reasons.add(reason)) {
            counter(
                    "limpid.dead.letters",
                    "Records and windows sent to the dead-letter topic",
                    tags.and("reason", reason),
                    () -> counts.get().getOrDefault(reason, 0L));
        }
    }

    void refresh() {
        refresher.run();
    }

    /** A cleaned record left; {@code millis} after its own timestamp. */
    public void left(long millis) {
        latency.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    /** {@code denoiser} with every run timed. */
    public Denoiser timed(Denoiser denoiser) {
        return new TimedDenoiser(denoiser, inference, inferenceFailures, batchWindows);
    }
}
