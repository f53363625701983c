package dev.limpid.service;

import dev.limpid.model.TrainerStatus;

/** Hears what a trainer does, on its thread. */
public interface TrainerListener {
    /** Does not listen. */
    TrainerListener NONE = new TrainerListener() {};

    /**
     * A round has ended.
     *
     * @param samples that it has read, of series that have a place in its sample
     */
    default void ended(TrainerStatus status, long samples) {}

    /** It was elected; that is what the last round came to, of whichever trainer. */
    default void heard(TrainerStatus last) {}
}
