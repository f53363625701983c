package dev.limpid.kafka;

import dev.limpid.codec.StatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last roll-back of a follower's model, kept so that a restart under the same pointer does not try that version again. */
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

    /** Another pointer counts; {@code same} if it puts the same version in force. */
    void point(Pointer next, boolean same) {
        ModelStatus kept = last;
        last = null;
        if (kept != null && same) {
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
