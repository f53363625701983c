package dev.limpid.kafka;

import dev.limpid.codec.PointerLayout;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.Pointer;
import dev.limpid.onnx.ModelFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one follower makes of the topic: which pointer counts, which version is tried, what was refused. The version a pointer names
 * is tried once, and again only after another pointer, when what it lacked arrives, or when it may have mended. Confined to the feed's thread.
 */
final class Following {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Follower follower;
    private final String instance;
    private final ModelCache cache;
    private final StatusWriter statuses;
    private final KeptRollBack rolledBack;
    private final FollowedShadow shadow;
    private final Map<String, Refused> judged = new HashMap<>();
    private @Nullable Pointer pointer;
    private @Nullable Refused pointerProblem;
    private @Nullable ModelId inForce;
    private long sinceMs;
    private boolean triedOnce;
    private @Nullable ModelStatus told;

    Following(Follower follower, FeedSettings settings, ModelCache cache, StatusWriter statuses) {
        this.follower = follower;
        this.instance = settings.instance();
        this.cache = cache;
        this.statuses = statuses;
        this.rolledBack = new KeptRollBack(cache, key());
        this.shadow =
                new FollowedShadow(follower, instance, statuses, ShadowPromotion.of(follower, settings), rolledBack);
        cache.pointer(key()).ifPresent(this::remember);
    }

    Follower follower() {
        return follower;
    }

    private String key() {
        return follower.pipeline() + "-" + instance + "-" + follower.name();
    }

    /** Goes on from the last pointer that was taken before a restart. */
    private void remember(byte[] bytes) {
        try {
            Pointer last = PointerLayout.decode(bytes);
            if (last.name().equals(follower.name())
                    && follower.trusted().problem(last).isEmpty()) {
                pointer = last;
                last.inForce().ifPresent(version -> rolledBack.under(last).ifPresent(why -> judged.put(version, why)));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("pipeline {}: the pointer kept from before is not read: {}", follower.pipeline(), e.getMessage());
        }
    }

    /** The versions whose files are worth keeping. */
    Set<String> wanted() {
        Set<String> versions = new LinkedHashSet<>();
        if (pointer != null) {
            pointer.inForce().ifPresent(versions::add);
            pointer.previous().ifPresent(versions::add);
            pointer.shadow().ifPresent(versions::add);
        }
        return versions;
    }

    /**
     * Takes a pointer of the follower's model.
     *
     * @param live whether it is new; of those that were there at the start, only the last matters
     */
    void point(Pointer next, boolean live) {
        pointerProblem = problem(next);
        if (pointerProblem == null && !next.equals(pointer)) {
            boolean same = pointer != null && next.inForce().equals(pointer.inForce());
            judged.values().removeIf(refused -> !same || !refused.check().equals(KeptRollBack.TRIAL));
            rolledBack.point(pointer, next);
            pointer = next;
            try {
                cache.keepPointer(key(), PointerLayout.encode(next));
            } catch (IOException e) {
                LOG.warn("pipeline {}: the pointer is not kept for a restart: {}", follower.pipeline(), e.toString());
            }
        }
        if (live) {
            report();
        }
    }

    /** A pointer that cannot even be read. */
    void unreadable(String problem, boolean live) {
        pointerProblem = new Refused("pointer", problem, false);
        if (live) {
            report();
        }
    }

    private @Nullable Refused problem(Pointer next) {
        Optional<String> untrusted = follower.trusted().problem(next);
        if (untrusted.isPresent()) {
            return new Refused("signature", "pointer " + next.sequence() + ": " + untrusted.get(), false);
        }
        Pointer last = pointer;
        if (last == null || next.sequence() > last.sequence() || next.equals(last)) {
            return null;
        }
        boolean other = next.sequence() == last.sequence();
        return new Refused(
                "sequence",
                "the pointer has sequence " + next.sequence() + (other ? " and another content" : "")
                        + ", wanted more than " + last.sequence() + ", which was taken already; publish again",
                false);
    }

    /** Tells of the pointer that does not count, if the last one does not. */
    private void report() {
        Refused problem = pointerProblem;
        if (problem != null) {
            refuse(follower.name() + " (pointer)", problem);
            pointerProblem = null;
        }
    }

    /** Whether something may mend by itself that nobody would tell of. */
    boolean waiting() {
        return shadow.waiting() || judged.values().stream().anyMatch(Refused::untold);
    }

    /** Judges anew what may have mended. */
    void retry() {
        judged.values().removeIf(Refused::untold);
        shadow.retry();
    }

    /** Brings the version in force that the pointer names, if it is another, and runs its shadow. */
    void evaluate(Catalogue catalogue, Opening opening) {
        Pointer now = pointer;
        if (now != null && now.inForce().isPresent()) {
            String version = now.inForce().get();
            ModelId running = inForce;
            if (running != null && running.version().equals(version)) {
                confirm(running, now);
            } else if (open(version, catalogue.version(follower.name(), version))) {
                boolean done = tryVersion(version, catalogue, opening);
                if (!done && !triedOnce && inForce == null && now.previous().isPresent()) {
                    tryVersion(now.previous().get(), catalogue, opening);
                }
            }
        }
        triedOnce = true;
        report();
        if (now != null) {
            shadow.evaluate(now, catalogue, opening).ifPresent(this::tell);
        }
    }

    private void tell(FollowedShadow.Outcome outcome) {
        Refused refused = outcome.refused();
        if (refused != null) {
            refuse(outcome.model(), refused);
        } else if (judged.isEmpty()) {
            tell(outcome.model(), Verdict.SHADOW, Optional.empty(), "");
        }
    }

    /** Publishes how its shadow does, if it is time. */
    void reportShadow(Catalogue catalogue) {
        shadow.report(catalogue);
    }

    void close() {
        shadow.close();
    }

    /** Tells that a pointer to what is in force already was taken. */
    private void confirm(ModelId running, Pointer now) {
        ModelStatus last = told;
        if (last != null && last.sequence() < now.sequence()) {
            tell(running.toString(), Verdict.IN_FORCE, Optional.empty(), "");
        }
    }

    /** Whether a version is still to be judged: never tried, or what it lacked then is there now. */
    private boolean open(String version, Catalogue.Version announced) {
        Refused last = judged.get(version);
        if (last == null) {
            return true;
        }
        if (last.check().equals(KeptRollBack.TRIAL)) {
            return !triedOnce; // which tries the previous one instead
        }
        return last.mayPassNow(announced);
    }

    private boolean tryVersion(String version, Catalogue catalogue, Opening opening) {
        Refused before = judged.get(version);
        if (before != null && before.check().equals(KeptRollBack.TRIAL)) {
            return false;
        }
        Catalogue.Version announced = catalogue.version(follower.name(), version);
        String model = Opening.label(follower, version, announced);
        try {
            ModelFile file = opening.open(follower, announced);
            follower.take(file);
            inForce = file.denoiser().spec().id();
            judged.remove(version);
            sinceMs = System.currentTimeMillis();
            LOG.info("pipeline {}: model {} is in force", follower.pipeline(), model);
            if (judged.isEmpty()) {
                tell(model, Verdict.IN_FORCE, Optional.empty(), "");
            }
            return true;
        } catch (Refused e) {
            judged.put(version, e);
            refuse(model, e);
        }
        return false;
    }

    /** The model in force failed its trial, and the one before it serves again. */
    void rolledBack(ModelId failed, ModelId back, String reason) {
        judged.put(failed.version(), new Refused(KeptRollBack.TRIAL, reason, false));
        inForce = back;
        sinceMs = System.currentTimeMillis();
        tell(failed.toString(), Verdict.ROLLED_BACK, Optional.of(KeptRollBack.TRIAL), reason);
        ModelStatus last = told;
        if (last != null) {
            rolledBack.keep(last, last.sequence());
        }
    }

    private void refuse(String model, Refused refused) {
        follower.count(refused.check());
        LOG.warn(
                "pipeline {}: model {} refused ({}): {}; in force is {}",
                follower.pipeline(),
                model,
                refused.check(),
                refused.reason(),
                running());
        tell(model, Verdict.REFUSED, Optional.of(refused.check()), refused.reason());
    }

    private String running() {
        ModelId id = follower.running().or(() -> Optional.ofNullable(inForce)).orElse(null);
        return id == null ? "none yet" : id.toString();
    }

    /** The pipeline began to serve: what it serves is known now. */
    void served() {
        if (sinceMs == 0) {
            sinceMs = System.currentTimeMillis();
        }
        ModelStatus last = told;
        if (last == null || last.verdict() == Verdict.IN_FORCE) {
            tell(running(), Verdict.IN_FORCE, Optional.empty(), "");
        } else {
            tell(last.model(), last.verdict(), last.check(), last.reason());
        }
    }

    private void tell(String model, Verdict verdict, Optional<String> check, String reason) {
        ModelStatus status = new ModelStatus(
                follower.pipeline(),
                instance,
                follower.name(),
                running(),
                sinceMs,
                model,
                verdict,
                check,
                reason,
                System.currentTimeMillis(),
                pointer == null ? 0 : pointer.sequence());
        told = status;
        if (follower.running().isPresent()) { // before that nothing is in force that could be told
            statuses.write(status);
        }
    }
}
