package dev.limpid.model;

import java.util.Optional;

/**
 * What a round of the long-running trainer came to.
 *
 * @param instance the trainer's name
 * @param name the model's name
 * @param inForce the model that was in force, as {@link ModelId} is written
 * @param model the candidate, {@code name:version}; empty if none was trained
 * @param judged how the two compare; empty if it did not come to that
 * @param reason in words, with got, wanted and remedy
 * @param startedMs when the round began, in milliseconds since the epoch
 * @param atMs when it ended
 */
public record TrainerStatus(
        String pipeline,
        String instance,
        String name,
        Outcome outcome,
        String inForce,
        String model,
        Optional<Judged> judged,
        String reason,
        long startedMs,
        long atMs) {
    /** What follows the trainer's name and the model's in the key of its record. */
    public static final String KEY_SUFFIX = "/trainer";

    /** What a round may come to. */
    public enum Outcome {
        /** The candidate is in force. */
        PUBLISHED,
        /** The candidate runs as a shadow. */
        SHADOW,
        /** The candidate is better, but publishing was not asked for. */
        BETTER,
        NOT_BETTER,
        /** Too little has flowed to train on, or to judge by. */
        TOO_LITTLE,
        /** A shadow is still being compared. */
        WAITING,
        /** Something is wrong; the round is tried again. */
        FAILED
    }

    /**
     * Errors on the same samples, that neither model has seen, and by what share the candidate's is lower.
     *
     * @param errorInForce relative: root mean square in units of the raw values' deviation; of tokens, the mean surprise in nats
     * @param error the candidate's
     * @param lowerBy share by which it is lower; negative if it is higher
     * @param atLeast lower end of the interval
     * @param atMost its upper end
     */
    public record Judged(
            double errorInForce,
            double error,
            double lowerBy,
            double atLeast,
            double atMost,
            long pieces,
            long series) {}

    /** The key of its record. */
    public String key() {
        return pipeline + "/" + instance + "/" + name + KEY_SUFFIX;
    }
}
