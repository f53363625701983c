package dev.limpid.service;

import dev.limpid.kafka.LiveTail;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.kafka.TrainerDesk.Standing;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link DriftWatch} on what flows, against the model in force. What cannot be read is tried again; it is no reason to stop.
 * Confined to one thread.
 */
final class DriftLookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriftLookout.class);
    private static final Duration POLL = Duration.ofMillis(50);
    /** A look from the start reads the models topic and opens a model. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(3);
    /** For all polls of a look: the loop has more to do. */
    private static final Duration BUDGET = Duration.ofMillis(500);

    private final TrainerPlan plan;
    private @Nullable LiveTail tail;
    private @Nullable DriftWatch watch;
    private boolean behind;
    private String lastTrouble = "";
    private long notBeforeNanos = System.nanoTime();

    DriftLookout(TrainerPlan plan) {
        this.plan = plan;
    }

    /** Why data have drifted, if they have. */
    Optional<String> look(TrainerDesk desk) {
        if (System.nanoTime() - notBeforeNanos < 0) {
            return Optional.empty();
        }
        try {
            LiveTail reading = tail;
            DriftWatch watching = watch;
            if (reading == null || watching == null) {
                watching = watch(desk);
                reading = LiveTail.of(plan.definition());
                watch = watching;
                tail = reading;
                LOG.info(
                        "watching for drift that lasts {}",
                        plan.rounds().drift().lasting());
            }
            LiveTail from = reading;
            DriftWatch to = watching;
            behind = behind(() -> from.poll(POLL, to), BUDGET);
            return watching.look(System.currentTimeMillis());
        } catch (RuntimeException | ModelRefused e) {
            String what = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!what.equals(lastTrouble)) {
                LOG.warn("drift is not watched: {}; trying again", what);
            }
            lastTrouble = what;
            notBeforeNanos = System.nanoTime() + AFTER_TROUBLE.toNanos();
            restart();
            return Optional.empty();
        }
    }

    /** Whether there is more than the last look could read, so that the next should not wait. */
    boolean behind() {
        return behind;
    }

    /** Polls until nothing comes or the time is up; whether the last poll brought as much as one can. */
    static boolean behind(IntSupplier poll, Duration budget) {
        long begun = System.nanoTime();
        int records;
        do {
            records = poll.getAsInt();
        } while (records > 0 && System.nanoTime() - begun < budget.toNanos());
        return records >= LiveTail.MOST_RECORDS;
    }

    /** Whether data have been as the model in force knows them for as long as drift must last. */
    boolean over() {
        return watch != null && watch.over();
    }

    private DriftWatch watch(TrainerDesk desk) throws ModelRefused {
        Standing standing = desk.standing();
        Optional<ModelFile> announced = desk.open(standing).map(TrainerDesk.InForce::model);
        ModelFile file = announced.isPresent()
                ? announced.get()
                : ModelFile.open(plan.bundled(), Provider.CPU, plan.definition().maxWindows());
        try {
            String id = standing.inForce()
                    .map(manifest -> manifest.id().toString())
                    .orElse(file.denoiser().spec().id().toString());
            return new DriftWatch(plan.rounds().drift(), file.metadata(), id);
        } finally {
            file.denoiser().close();
        }
    }

    /** Begins anew: another model may be in force. */
    void restart() {
        close();
        watch = null;
        behind = false;
    }

    @Override
    public void close() {
        LiveTail open = tail;
        tail = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.debug("closing what flows", e);
            }
        }
    }
}
