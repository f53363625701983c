package dev.limpid.demo;

import dev.limpid.kafka.PipelineTopology;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which model the cleaned records name, series by series, and how long a swap took. The first model that any record names is the one
 * before the swap; any other is the one after it, from its first record on, which cross-fades as a rule. Thread-safe.
 */
final class ModelWatch {
    /** Where a record stands in a swap. */
    enum Side {
        BEFORE,
        /** Two models cross-fade, or no window answered. */
        BETWEEN,
        AFTER
    }

    private final boolean[] arrived;
    private int arrivals;
    private long crossFaded;
    private @Nullable String before;
    private @Nullable String after;
    private String newest = "";
    private String announced = "";
    private long announcedNanos;
    private long lastArrivalNanos;
    private long firstMs = -1;
    private String trouble = "";

    ModelWatch(int series) {
        this.arrived = new boolean[series];
    }

    /**
     * A cleaned record arrived.
     *
     * @param model what its header says; null if there is none
     * @param startMs time of its first sample, simulated, since the run's beginning
     */
    synchronized Side record(int sensor, @Nullable String model, long startMs, long nanos) {
        if (model == null || model.isEmpty()) {
            return Side.BETWEEN;
        }
        boolean fades = model.endsWith(PipelineTopology.CROSS_FADE);
        String name = fades ? model.substring(0, model.length() - 1) : model;
        newest = name;
        crossFaded += fades ? 1 : 0;
        if (before == null) {
            before = name;
        }
        if (name.equals(before)) {
            return fades ? Side.BETWEEN : Side.BEFORE;
        }
        after = name;
        firstMs = firstMs < 0 ? startMs : firstMs;
        if (!arrived[sensor]) {
            arrived[sensor] = true;
            arrivals++;
            lastArrivalNanos = nanos;
        }
        return fades ? Side.BETWEEN : Side.AFTER;
    }

    /** The better model is being announced from now on. */
    synchronized void announced(String model, long nanos) {
        announced = model;
        announcedNanos = nanos;
    }

    /** Whether a better model is still to be announced. */
    synchronized boolean awaited() {
        return announced.isEmpty() && trouble.isEmpty();
    }

    /** The instance told what became of a model. */
    synchronized void told(ModelStatus status) {
        if (status.verdict() == Verdict.REFUSED || status.verdict() == Verdict.ROLLED_BACK) {
            trouble(status.model() + " was " + (status.verdict() == Verdict.REFUSED ? "refused" : "rolled back") + " ("
                    + status.check().orElse("?") + "): " + status.reason());
        }
    }

    /** Why there is no swap. */
    synchronized void trouble(String why) {
        trouble = why;
    }

    synchronized State state() {
        boolean everywhere = arrivals == arrived.length;
        return new State(
                newest,
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                announced,
                arrivals,
                everywhere,
                crossFaded,
                announcedNanos,
                everywhere ? (lastArrivalNanos - announcedNanos) / 1e6 : Double.NaN,
                firstMs,
                trouble);
    }

    /**
     * How a swap stands.
     *
     * @param newest the model that the newest record names; empty before the first
     * @param before the model of the first record
     * @param after the model that took its place, once a record names it
     * @param announced name and version of what is announced; empty before that
     * @param arrivals series with a record by the model after
     * @param everywhere whether all of them have one
     * @param crossFaded records that two models answered
     * @param announcedNanos when the announcement began, by {@link System#nanoTime}
     * @param tookMs from then to the first record by the model after on the last series; NaN before that
     * @param firstMs start of the first record by the model after, simulated; -1 before that
     * @param trouble why there is no swap; empty if nothing is wrong
     */
    record State(
            String newest,
            Optional<String> before,
            Optional<String> after,
            String announced,
            int arrivals,
            boolean everywhere,
            long crossFaded,
            long announcedNanos,
            double tookMs,
            long firstMs,
            String trouble) {
        /** Why a swap that was planned did not happen; empty if it did, and holds. */
        Optional<String> problem() {
            if (!trouble.isEmpty()) {
                return Optional.of(trouble);
            }
            if (announced.isEmpty()) {
                return Optional.of("the better model was not announced before the run ended");
            }
            return everywhere
                    ? Optional.empty()
                    : Optional.of(announced + " was announced, and " + arrivals
                            + " series had a record by it when the run ended");
        }
    }
}
