package dev.limpid.telemetry;

import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.TrainerStatus.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The meters of one pipeline's trainer, labelled with its name. Thread-safe. docs/operations.md says what each meter means. */
public final class TrainerMeters {
    private final Map<Outcome, Counter> rounds = new EnumMap<>(Outcome.class);
    private final Counter samples;
    private final MeterRegistry registry;
    private final Tags tags;
    private volatile double seconds = Double.NaN;
    private volatile Judged judged = new Judged(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
    private volatile double successSeconds;

    /** @param startMs stands for the last success until there is one */
    TrainerMeters(MeterRegistry registry, String pipeline, long startMs) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline);
        this.successSeconds = startMs / 1e3;
        for (Outcome outcome : Outcome.values()) {
            rounds.put(
                    outcome,
                    Counter.builder("limpid.trainer.rounds")
                            .description("Rounds of the trainer by what they came to")
                            .tags(tags.and("outcome", word(outcome)))
                            .register(registry));
        }
        this.samples = Counter.builder("limpid.trainer.samples.read")
                .description(
                        "Samples of the input topic that rounds have read, of series that have a place in their sample")
                .tags(tags)
                .register(registry);
        gauge("limpid.trainer.round.seconds", "How long the last round took", () -> seconds);
        ratio("estimate", last -> 1 - last.lowerBy());
        ratio("low", last -> 1 - last.atMost());
        ratio("high", last -> 1 - last.atLeast());
        gauge(
                "limpid.trainer.success.timestamp.seconds",
                "When a round last came to something else than a failure, or the process began",
                () -> successSeconds);
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void ratio(String bound, ToDoubleFunction<Judged> of) {
        Gauge.builder("limpid.trainer.error.ratio", this, meters -> of.applyAsDouble(meters.judged))
                .description("The last candidate's error over that of the model in force, and the ends of its interval")
                .tags(tags.and("bound", bound))
                .strongReference(true)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Publishes how the trainer stands.
     *
     * @param elected whether it is this one that works
     * @param every from one round to the next
     */
    public void state(BooleanSupplier elected, Duration every) {
        gauge(
                "limpid.trainer.elected",
                "1 if this trainer is the one that works",
                () -> elected.getAsBoolean() ? 1 : 0);
        gauge("limpid.trainer.every.seconds", "From one round to the next", () -> every.toMillis() / 1e3);
    }

    /** A round has ended that read so many samples. */
    public void ended(TrainerStatus status, long read) {
        Counter counter = rounds.get(status.outcome());
        if (counter != null) {
            counter.increment();
        }
        samples.increment((double) read);
        seconds = (status.atMs() - status.startedMs()) / 1e3;
        status.judged().ifPresent(last -> judged = last);
        heard(status);
    }

    /** What the last round came to before this process had one. */
    public void heard(TrainerStatus last) {
        if (last.outcome() != Outcome.FAILED) {
            successSeconds = last.atMs() / 1e3;
        }
    }
}
