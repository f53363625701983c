package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Trial;
import dev.limpid.model.TrialSpec;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a pipeline's models in force on trial: the model before stays open until the trial is over, and takes over again, once, if the
 * new one fails it. The model from the start is watched, too, but there is nothing to go back to. Thread-safe.
 */
public final class ModelTrials {
    private static final Logger LOG = LoggerFactory.getLogger(ModelTrials.class);

    private final String pipeline;
    private final TrialSpec spec;
    private final ModelSlot slot;
    private final LongAdder rolledBack = new LongAdder();
    private volatile Listener listener = (failed, back, reason) -> {};
    private volatile @Nullable RunTime time;

    /** Who wants to know of a roll-back; called on the stream thread that found out, so it must not wait. */
    public interface Listener {
        /**
         * A model was taken back.
         *
         * @param back the model in force now
         */
        void rolledBack(ModelId failed, ModelId back, String reason);
    }

    /** @param first the model in force from the start; the slot owns it */
    public ModelTrials(String pipeline, TrialSpec spec, Denoiser first) {
        this.pipeline = pipeline;
        this.spec = spec;
        this.slot = new ModelSlot(new TriedDenoiser(first, new Trial(spec), this));
    }

    /** Where the model in force stands; to be closed when the pipeline has stopped. */
    public ModelSlot slot() {
        return slot;
    }

    /** Puts a model in force, on trial; the slot owns it. */
    public void install(Denoiser next) {
        slot.installOnTrial(new TriedDenoiser(next, new Trial(spec), this));
    }

    public void onRolledBack(Listener listener) {
        this.listener = listener;
    }

    /** From now on every run of the model in force is added to {@code time}; null: of none. */
    void time(@Nullable RunTime time) {
        this.time = time;
    }

    /** See {@link #time(RunTime)}. */
    @Nullable
    RunTime time() {
        return time;
    }

    TrialSpec spec() {
        return spec;
    }

    /** Roll-backs so far. */
    public long rolledBack() {
        return rolledBack.sum();
    }

    void passed(Denoiser model) {
        if (slot.settle(model)) {
            LOG.info(
                    "pipeline {}: the trial of model {} is over, it stays",
                    pipeline,
                    model.spec().id());
        }
    }

    void failed(Denoiser model, String reason) {
        ModelId id = model.spec().id();
        switch (slot.rollBack(model)) {
            case DONE -> {
                ModelId back = slot.spec().id();
                rolledBack.increment();
                LOG.warn("pipeline {}: model {} rolled back: {}; in force again is {}", pipeline, id, reason, back);
                listener.rolledBack(id, back, reason);
            }
            case NOTHING_BEFORE ->
                LOG.warn(
                        "pipeline {}: model {} does badly: {}; no model before it is open to go back to, so it serves on;"
                                + " publish a better one",
                        pipeline,
                        id,
                        reason);
            case NOT_IN_FORCE ->
                LOG.info("pipeline {}: model {} did badly: {}; another is in force", pipeline, id, reason);
        }
    }
}
