package dev.limpid.train;

/** Hears how training goes; called on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
    /**
     * Where training stands.
     *
     * @param step steps done
     * @param steps steps planned
     * @param loss weighted squared error of the latest batches, in the clean recordings' mean squares
     * @param heldOutLoss the same on the held-out part when it was last looked at; NaN before
     * @param gainDb signal-to-noise gain on the held-out part then
     */
    record Progress(int step, int steps, double loss, double heldOutLoss, double gainDb) {}

    void progress(Progress progress);

    /** The same of what {@link Loss#features} are taken from, which is trained before; nothing is held out there. */
    default void features(Progress progress) {}

    /** Nobody listens. */
    TrainingListener NONE = progress -> {};
}
