package dev.limpid.model;

import java.util.Optional;

/**
 * What an instance of a pipeline runs, and what became of the last model that was announced to it.
 *
 * @param name the model's name
 * @param inForce the model it runs, as {@link ModelId} is written
 * @param sinceMs since when, in milliseconds since the epoch
 * @param model the model that the verdict is about, as {@link ModelId} is written, or {@code name:version} if its digest is not known
 * @param reason why it was refused or rolled back, with got, wanted and remedy; empty otherwise
 * @param atMs when the verdict was given
 * @param sequence the highest sequence number of a pointer taken so far: a lower one is refused; 0 if there was none
 */
public record ModelStatus(
        String pipeline,
        String instance,
        String name,
        String inForce,
        long sinceMs,
        String model,
        Verdict verdict,
        Optional<String> check,
        String reason,
        long atMs,
        long sequence) {
    /** What became of a model. */
    public enum Verdict {
        IN_FORCE,
        REFUSED,
        SHADOW,
        ROLLED_BACK
    }

    /** The same under another pointer. */
    public ModelStatus at(long otherSequence) {
        return new ModelStatus(
                pipeline, instance, name, inForce, sinceMs, model, verdict, check, reason, atMs, otherSequence);
    }

    /** The key of its record. */
    public String key() {
        return pipeline + "/" + instance + "/" + name;
    }
}
