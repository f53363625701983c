package dev.limpid.kafka;

import dev.limpid.codec.SigningKey;
import dev.limpid.model.Compared;
import dev.limpid.model.Pointer;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.ShadowStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes a follower's shadow if its rule says so, by what all instances found. Whatever goes wrong keeps it back and concerns nothing
 * else. To promote ends another change of the same model that has just begun, and reads the models topic, so that is not tried where the
 * pointer is known to be another, and after a failure only once a minute. Confined to the feed's thread.
 */
final class ShadowPromotion {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowPromotion.class);

    private static final String CHANGED = "not promoted: the pointer was changed meanwhile";
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Follower follower;
    private final Supplier<ShadowBoard> boards;
    private final Desk desk;
    private final LongSupplier nanoTime;
    private @Nullable ShadowBoard board;
    /** What the last attempt to write the pointer came to; empty: there was none. */
    private String outcome = "";

    private long triedNanos;

    /** Writes the pointer, as {@link ModelDesk#promoteShadow} does. */
    interface Desk {
        Optional<Pointer> promoteShadow(Pointer seen, Optional<SigningKey> key);
    }

    ShadowPromotion(Follower follower, Supplier<ShadowBoard> boards, Desk desk, LongSupplier nanoTime) {
        this.follower = follower;
        this.boards = boards;
        this.desk = desk;
        this.nanoTime = nanoTime;
    }

    /** That of an instance. */
    static ShadowPromotion of(Follower follower, FeedSettings settings) {
        return new ShadowPromotion(
                follower,
                () -> new ShadowBoard(settings.clients(), settings.topics()),
                new ModelDesk(settings.clients(), settings.topics())::promoteShadow,
                System::nanoTime);
    }

    /**
     * Promotes the shadow of {@code now} if it is to be.
     *
     * @param announced the pointer that the topic has, as far as it is read
     * @param own what this instance found
     * @return that it did, or why not
     */
    String attempt(PromoteWhen rule, Shadow place, Pointer now, Optional<Pointer> announced, ShadowStatus own) {
        if (!announced.equals(Optional.of(now))) {
            return CHANGED;
        }
        if (!outcome.isEmpty() && nanoTime.getAsLong() - triedNanos < AGAIN_NANOS) {
            return outcome;
        }
        String problem = problem(rule, place, now, own);
        if (!problem.isEmpty()) {
            return problem;
        }
        outcome = promote(place, now, own);
        triedNanos = nanoTime.getAsLong();
        return outcome;
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
            drop();
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
                    .orElse(CHANGED);
        } catch (InterruptException e) {
            throw e; // the feed is being closed
        } catch (RuntimeException e) {
            // the broker is away, or another change was faster
            LOG.debug("pipeline {}: {} was not promoted", follower.pipeline(), own.shadow(), e);
            return "not promoted: " + e.getMessage();
        }
    }

    /** Begins anew, with another shadow. */
    void reset() {
        outcome = "";
        drop();
    }

    private void drop() {
        if (board != null) {
            board.close();
            board = null;
        }
    }
}
