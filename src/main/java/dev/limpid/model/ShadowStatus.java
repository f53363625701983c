package dev.limpid.model;

/**
 * What an instance of a pipeline found when it ran a shadow beside the model in force.
 *
 * @param name the model's name
 * @param inForce the model in force, as {@link ModelId} is written
 * @param shadow the model that was compared with it, likewise
 * @param sequence of the pointer that announced the shadow
 * @param running false: it was ended, and these are its last figures
 * @param sinceMs when the comparison began, in milliseconds since the epoch
 * @param atMs when these figures were taken
 * @param note what keeps it from being promoted by rule, or that it was; empty without a rule
 */
public record ShadowStatus(
        String pipeline,
        String instance,
        String name,
        String inForce,
        String shadow,
        long sequence,
        boolean running,
        long sinceMs,
        long atMs,
        Compared compared,
        String note) {
    /** What follows the key of the instance's {@link ModelStatus} in the key of its record. */
    public static final String KEY_SUFFIX = "/shadow";

    /** The key of its record. */
    public String key() {
        return pipeline + "/" + instance + "/" + name + KEY_SUFFIX;
    }

    /** The same at another time. */
    public ShadowStatus at(long otherMs) {
        return new ShadowStatus(
                pipeline, instance, name, inForce, shadow, sequence, running, sinceMs, otherMs, compared, note);
    }

    /** The same with another note. */
    public ShadowStatus noted(String otherNote) {
        return new ShadowStatus(
                pipeline, instance, name, inForce, shadow, sequence, running, sinceMs, atMs, compared, otherNote);
    }

    /** Whether it is about the same shadow, under the same pointer, beside the same model in force, of the same pipeline. */
    public boolean sameComparison(ShadowStatus other) {
        return pipeline.equals(other.pipeline)
                && name.equals(other.name)
                && inForce.equals(other.inForce)
                && shadow.equals(other.shadow)
                && sequence == other.sequence;
    }
}
