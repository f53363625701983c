package dev.limpid.model;

import java.util.Optional;

/**
 * Which version of a model is in force. A new one counts only with a higher sequence number.
 *
 * @param inForce empty while the instances are to run what they have, and only a shadow is announced
 * @param previous the version in force before, for the way back
 * @param shadow the version that runs beside, without effect
 * @param sequence from 1, rising by one with every pointer
 * @param changedMs when, in milliseconds since the epoch
 */
public record Pointer(
        String name,
        Optional<String> inForce,
        Optional<String> previous,
        Optional<String> shadow,
        long sequence,
        long changedMs,
        Optional<Signature> signature) {
    public Pointer {
        TopicKey.requireName("name", name);
        inForce.ifPresent(version -> TopicKey.requireName("inForce", version));
        previous.ifPresent(version -> TopicKey.requireName("previous", version));
        shadow.ifPresent(version -> TopicKey.requireName("shadow", version));
        TopicKey.require(sequence > 0, "sequence", sequence, "a number from 1");
    }

    /** Whether it names the version, as whatever. */
    public boolean names(String version) {
        return inForce.filter(version::equals).isPresent()
                || previous.filter(version::equals).isPresent()
                || shadow.filter(version::equals).isPresent();
    }

    /** The same, signed. */
    public Pointer signed(Optional<Signature> by) {
        return new Pointer(name, inForce, previous, shadow, sequence, changedMs, by);
    }
}
