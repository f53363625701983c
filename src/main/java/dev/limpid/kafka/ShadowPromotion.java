package dev.limpid.kafka;

import dev.limpid.codec.SigningKey;
import dev.limpid.model.Compared;
import dev.limpid.model.Pointer;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.ShadowStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes a follower's shadow if its rule says so, by what all instances found. Whatever goes wrong keeps it back and concerns nothing
 * else. Confined to the feed's thread.
 */
final class ShadowPromotion {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowPromotion.class);

    private final Follower follower;
    private final Supplier<ShadowBoard> boards;
    private final Desk desk;
    private @Nullable ShadowBoard board;

    /** Writes the pointer, as {@link ModelDesk#promoteShadow} does. */
    interface Desk {
        Optional<Pointer> promoteShadow(Pointer seen, Optional<SigningKey> key);
    }

    ShadowPromotion(Follower follower, Supplier<ShadowBoard> boards, Desk desk) {
        this.follower = follower;
        this.boards = boards;
        this.desk = desk;
    }

    /** That of an instance. */
    static ShadowPromotion of(Follower follower, FeedSettings settings) {
        return new ShadowPromotion(
                follower,
                () -> new ShadowBoard(settings.clients(), settings.topics()),
                new ModelDesk(settings.clients(), settings.topics())::promoteShadow);
    }

    /**
     * Promotes the shadow of {@code now} if it is to be.
     *
     * @param own what this instance found
     * @return that it did, or why not
     */
    String attempt(PromoteWhen rule, Shadow place, Pointer now, ShadowStatus own) {
        String problem = problem(rule, place, now, own);
        return problem.isEmpty() ? promote(place, now, own) : problem;
    }

    private String problem(PromoteWhen rule, Shadow place, Pointer now, ShadowStatus own) {
        if (now.inForce()
                .filter(each -> !own.inForce().startsWith(follower.name() + ":" + each + "@"))
                .isPresent()) {
            return "not promoted: the model in force here is not the announced one";
        }
        List<Compared> all;
        try {
            all = found(own);
        } catch (InterruptException e) {
            throw e; // the feed is being closed
        } catch (KafkaException e) {
            reset();
            return "not promoted: what the instances found cannot be read: " + e.getMessage()
                    + "; promote-when needs READ on models.status-topic";
        }
        Optional<String> problem = rule.problem(all, place.trials().spec().nanosPerWindow());
        if (problem.isPresent()) {
            return "not promoted: " + problem.get();
        }
        return follower.trusted().isEmpty() || place.spec().key().isPresent()
                ? ""
                : "it may be promoted, but pointers are to be signed, and models.signing-key is not set:"
                        + " limpid model promote " + follower.name() + " --key FILE";
    }

    private List<Compared> found(ShadowStatus own) {
        ShadowBoard open = board;
        if (open == null) {
            open = boards.get();
            board = open;
        }
        return open.found(own);
    }

    private String promote(Shadow place, Pointer now, ShadowStatus own) {
        try {
            return desk.promoteShadow(now, place.spec().key())
                    .map(each -> "promoted by this instance with pointer " + each.sequence())
                    .orElse("not promoted: the pointer was changed meanwhile");
        } catch (RuntimeException e) {
            // the broker is away, or another instance was faster: the next report shows which
            LOG.debug("pipeline {}: {} was not promoted", follower.pipeline(), own.shadow(), e);
            return "not promoted: " + e.getMessage();
        }
    }

    /** Forgets what the instances found. */
    void reset() {
        if (board != null) {
            board.close();
            board = null;
        }
    }
}
