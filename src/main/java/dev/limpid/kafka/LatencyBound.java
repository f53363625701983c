package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.model.DenoiserException;
import dev.limpid.onnx.AdmissionCheck;
import dev.limpid.onnx.ModelFile;
import java.util.Optional;

/**
 * How slow a model from the topic may be. A model that takes longer would be taken back by its trial, but only after some batches,
 * and a single commit of slow batches may outlast its transaction.
 *
 * @param nanosPerWindow the most, in a full batch
 * @param remedy what to do about a model that takes longer
 */
public record LatencyBound(long nanosPerWindow, String remedy) {
    static final LatencyBound NONE = new LatencyBound(Long.MAX_VALUE, "");

    private static final int MORE_RUNS = 3;
    private static final long PAUSE_MS = 300;

    /** What a definition says: a model that takes over may take {@code model.rollback.latency-per-window}. */
    public static LatencyBound of(Definition definition) {
        return new LatencyBound(
                definition.model().takeOver().rollback().nanosPerWindow(),
                "use a smaller model, or raise model.rollback.latency-per-window");
    }

    /** What transactions leave: the full batches of all tasks of a thread must fit a third of the timeout. */
    static LatencyBound of(int tasksPerThread, int maxWindows, int transactionTimeoutMs) {
        return new LatencyBound(
                BatchBudget.windowNanos(tasksPerThread, maxWindows, transactionTimeoutMs),
                "batches of " + maxWindows + " windows of " + tasksPerThread
                        + " tasks per thread must fit a third of transaction.timeout.ms=" + transactionTimeoutMs
                        + ": use a smaller model, lower batch.max-windows, or raise kafka.num.stream.threads or"
                        + " kafka.producer.transaction.timeout.ms");
    }

    /** The lower of both. */
    LatencyBound and(LatencyBound other) {
        return other.nanosPerWindow < nanosPerWindow ? other : this;
    }

    /**
     * The model, if it is fast enough. If it seems not to be, its time is taken anew, for the host may have been busy when it was
     * rehearsed.
     *
     * @param model closed if it is refused
     */
    ModelFile enforce(ModelFile model, int maxWindows) throws Refused {
        long best = model.nanosPerWindow();
        try {
            for (int run = 0; run < MORE_RUNS && best > nanosPerWindow && paused(); run++) {
                best = Math.min(best, BatchBudget.measure(model.denoiser(), maxWindows, 1));
            }
        } catch (DenoiserException e) {
            model.denoiser().close();
            throw new Refused(AdmissionCheck.GOLDEN.label(), "it fails on a batch of zeros: " + e.getMessage(), false);
        }
        return enforce(new ModelFile(model.denoiser(), model.metadata(), model.provider(), best));
    }

    /** The model, if it was fast enough; else it is closed. */
    ModelFile enforce(ModelFile model) throws Refused {
        Optional<String> problem = problem(model);
        if (problem.isPresent()) {
            model.denoiser().close();
            throw new Refused(AdmissionCheck.LATENCY.label(), problem.get(), true);
        }
        return model;
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why a model is not to come into force. */
    Optional<String> problem(ModelFile model) {
        return model.nanosPerWindow() > nanosPerWindow
                ? Optional.of("it takes " + model.nanosPerWindow() / 1_000 + " us per window, wanted at most "
                        + nanosPerWindow / 1_000 + "; " + remedy)
                : Optional.empty();
    }
}
