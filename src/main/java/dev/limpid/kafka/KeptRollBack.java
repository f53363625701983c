package dev.limpid.kafka;

import dev.limpid.codec.StatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last roll-back of a follower's model, kept so that a restart under the same pointer does not try that version again, and that it
 * does not come back as a shadow.
 */
final class KeptRollBack {
    /** The check that a version which was rolled back did not pass. */
    static final String TRIAL = "trial";

    private static final Logger LOG = LoggerFactory.getLogger(KeptRollBack.class);

    private final ModelCache cache;
    private final String key;
    private @Nullable ModelStatus last;

    KeptRollBack(ModelCache cache, String key) {
        this.cache = cache;
        this.key = key + "-rolled-back";
        try {
            this.last = cache.pointer(this.key).map(StatusLayout::decode).orElse(null);
        } catch (IllegalArgumentException e) {
            LOG.warn("the roll-back before the restart is not read: {}", e.getMessage());
        }
    }

    /** Why the version is not to be tried that {@code pointer} puts in force; empty if it may be. */
    Optional<Refused> under(Pointer pointer) {
        ModelStatus kept = last;
        return kept == null || kept.sequence() != pointer.sequence()
                ? Optional.empty()
                : Optional.of(new Refused(TRIAL, kept.reason(), false));
    }

    /** Why a model is not to be run as a shadow; empty if it may be. */
    Optional<Refused> of(String model) {
        ModelStatus kept = last;
        return kept == null || !kept.model().equals(model)
                ? Optional.empty()
                : Optional.of(new Refused(
                        TRIAL, "it was rolled back here: " + kept.reason() + "; publish a better one", false));
    }

    /** Another pointer counts: a roll-back under the one before goes on if both put the same version in force. */
    void point(@Nullable Pointer before, Pointer next) {
        ModelStatus kept = last;
        if (kept != null
                && before != null
                && kept.sequence() == before.sequence()
                && before.inForce().equals(next.inForce())) {
            keep(kept, next.sequence());
        }
    }

    void keep(ModelStatus status, long sequence) {
        ModelStatus kept = status.at(sequence);
        last = kept;
        try {
            cache.keepPointer(key, StatusLayout.encode(kept));
        } catch (IOException e) {
            LOG.warn("the roll-back of {} is not kept for a restart: {}", status.model(), e.toString());
        }
    }
}
