package dev.limpid.kafka;

import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.AdmissionCheck;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that takes its model from the topic. Before the pipeline starts, {@link #first} gives the model announced there, if
 * any; from {@link #serve} on, newer ones go into its slot as they come. Thread-safe.
 */
public final class Follower {
    /** For the checks of one model, after the topic is read: admission has a limit of its own, well below. */
    private static final Duration ADMISSION = Duration.ofMinutes(2);

    private final String pipeline;
    private final String name;
    private volatile Expected expected;
    private final Provider provider;
    private final TrustedKeys trusted;
    private volatile LatencyBound latency = LatencyBound.NONE;
    private final CompletableFuture<Boolean> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Boolean> tried = new CompletableFuture<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private @Nullable ModelFile held;
    private @Nullable ModelTrials trials;
    private @Nullable Shadow shadow;
    private Function<ModelFile, Denoiser> wrap = ModelFile::denoiser;
    private Runnable served = () -> {};
    private ModelTrials.Listener rolledBack = (failed, back, reason) -> {};
    private boolean closed;

    /**
     * A pipeline that is to follow.
     *
     * @param name the model's name on the topic
     * @param trusted whose announcements count
     */
    public Follower(String pipeline, String name, Expected expected, Provider provider, TrustedKeys trusted) {
        this.pipeline = pipeline;
        this.name = name;
        this.expected = expected;
        this.provider = provider;
        this.trusted = trusted;
    }

    /** Takes no model from now on that is slower than that, nor than an earlier call said. */
    public Follower within(LatencyBound bound) {
        latency = latency.and(bound);
        return this;
    }

    /** Takes no model from now on whose vocabulary does not begin with that one: its ids are in use. */
    public Follower speaking(Vocabulary inUse) {
        expected = expected.with(inUse);
        return this;
    }

    private Optional<String> speechProblem(ModelFile model) {
        return expected.problem(model.denoiser().spec().vocabulary());
    }

    LatencyBound latency() {
        return latency;
    }

    String pipeline() {
        return pipeline;
    }

    String name() {
        return name;
    }

    Expected expected() {
        return expected;
    }

    Provider provider() {
        return provider;
    }

    TrustedKeys trusted() {
        return trusted;
    }

    /**
     * Waits until the topic is read to its end and gives the model in force there, admitted. Empty if it names none, if all were
     * refused, or if it was not read in time: then a model from the topic comes into the slot later. To be called once.
     *
     * @return the model; the caller owns it
     */
    public Optional<ModelFile> first(Duration wait) {
        try {
            caughtUp.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            tried.get(ADMISSION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the future is completed with values only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        synchronized (this) {
            ModelFile model = held;
            held = null;
            return Optional.ofNullable(model);
        }
    }

    /**
     * From now on newer models go into the slot of {@code trials}.
     *
     * @param wrap makes of a model what the slot gets, which owns it then
     */
    public void serve(ModelTrials trials, Function<ModelFile, Denoiser> wrap) {
        serve(trials, wrap, null);
    }

    /**
     * The same, with a place for shadows.
     *
     * @param shadow null: shadows are not run here
     */
    public void serve(ModelTrials trials, Function<ModelFile, Denoiser> wrap, @Nullable Shadow shadow) {
        synchronized (this) {
            this.shadow = shadow;
            this.trials = trials;
            this.wrap = wrap;
            ModelFile model = held;
            held = null;
            // it came before the runner had said how slow it may be, and which ids are in use
            Optional<String> unfit =
                    model == null ? Optional.empty() : latency.problem(model).or(() -> speechProblem(model));
            if (model != null && unfit.isPresent()) {
                model.denoiser().close();
                ModelId failed = model.denoiser().spec().id();
                rolledBack.rolledBack(failed, trials.slot().spec().id(), unfit.get());
            } else if (model != null) {
                trials.install(wrap.apply(model));
            }
        }
        trials.onRolledBack(rolledBack);
        served.run();
    }

    /** Refusals so far, by check. */
    public Map<String, Long> refusals() {
        Map<String, Long> counts = new TreeMap<>();
        refusals.forEach((check, count) -> counts.put(check, count.sum()));
        return counts;
    }

    void count(String check) {
        refusals.computeIfAbsent(check, each -> new LongAdder()).increment();
    }

    /** Where a shadow runs; empty before {@link #serve}. */
    synchronized Optional<Shadow> shadow() {
        return Optional.ofNullable(shadow);
    }

    /** The model that runs; empty before {@link #serve}. */
    synchronized Optional<ModelId> running() {
        return trials == null
                ? Optional.empty()
                : Optional.of(trials.slot().spec().id());
    }

    /** Puts a model in force; closes it if it is refused. */
    synchronized void take(ModelFile model) throws Refused {
        latency.enforce(model); // which may be another one since it was admitted, as may be the vocabulary
        Optional<String> problem = speechProblem(model);
        if (problem.isPresent()) {
            model.denoiser().close();
            throw new Refused(AdmissionCheck.SHAPE.label(), problem.get(), false);
        }
        if (closed) {
            model.denoiser().close();
        } else if (trials != null) {
            trials.install(wrap.apply(model));
        } else {
            if (held != null) {
                held.denoiser().close();
            }
            held = model;
        }
    }

    void onServed(Runnable action) {
        served = action;
    }

    void onRolledBack(ModelTrials.Listener listener) {
        rolledBack = listener;
    }

    void caughtUp() {
        caughtUp.complete(true);
    }

    void tried() {
        tried.complete(true);
    }

    /** Takes no more models. */
    synchronized void close() {
        closed = true;
        if (held != null) {
            held.denoiser().close();
            held = null;
        }
        caughtUp.complete(false);
        tried.complete(false);
    }
}
