package dev.limpid.kafka;

import dev.limpid.model.Pointer;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.ShadowStatus;
import dev.limpid.onnx.ModelFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one follower makes of the shadow that its pointer names: has it admitted like any model, runs it, publishes what is found, and
 * promotes it if the rule says so. Confined to the feed's thread.
 */
final class FollowedShadow {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedShadow.class);

    private final Follower follower;
    private final String instance;
    private final StatusWriter statuses;
    private final ShadowPromotion promotion;
    private final KeptRollBack rolledBack;
    private @Nullable Pointer pointer;
    /** The version that is judged, and runs unless it was refused. */
    private @Nullable String version;

    private @Nullable Refused refused;
    private @Nullable ShadowStatus told;
    private String logged = "";
    private long reportNanos;

    /**
     * What became of a shadow.
     *
     * @param refused null: it runs
     */
    record Outcome(String model, @Nullable Refused refused) {}

    FollowedShadow(
            Follower follower,
            String instance,
            StatusWriter statuses,
            ShadowPromotion promotion,
            KeptRollBack rolledBack) {
        this.follower = follower;
        this.instance = instance;
        this.statuses = statuses;
        this.promotion = promotion;
        this.rolledBack = rolledBack;
    }

    /** Runs the shadow that the pointer names, if it is another, or none. */
    Optional<Outcome> evaluate(Pointer now, Catalogue catalogue, Opening opening) {
        Shadow place = follower.shadow().orElse(null);
        if (place == null) {
            return Optional.empty(); // it comes with the pipeline, and this is called again then
        }
        pointer = now;
        String wanted = now.shadow()
                .filter(each -> now.inForce().filter(each::equals).isEmpty())
                .orElse(null);
        if (wanted == null) {
            end(now.inForce().equals(Optional.ofNullable(version)) ? "promoted" : "no longer announced");
            return Optional.empty();
        }
        Catalogue.Version announced = catalogue.version(follower.name(), wanted);
        Refused before = refused;
        if (wanted.equals(version) && (before == null || !before.mayPassNow(announced))) {
            return Optional.empty();
        }
        end("another is announced");
        String model = Opening.label(follower, wanted, announced);
        try {
            Optional<Refused> trial = rolledBack.of(model);
            if (trial.isPresent()) {
                throw trial.get();
            }
            // a broker that goes away meanwhile leaves it unjudged
            ModelFile file = opening.open(follower, announced);
            version = wanted;
            place.begin(file.denoiser());
            reportNanos = System.nanoTime() - place.spec().report().toNanos();
            LOG.info("pipeline {}: model {} runs as a shadow", follower.pipeline(), model);
            return Optional.of(new Outcome(model, null));
        } catch (Refused e) {
            version = wanted;
            refused = e;
            return Optional.of(new Outcome(model, e));
        }
    }

    /** Whether something may mend by itself that nobody would tell of. */
    boolean waiting() {
        return refused != null && refused.untold();
    }

    /** Judges anew what may have mended. */
    void retry() {
        if (waiting()) {
            version = null;
        }
    }

    /** Publishes what was found, and promotes the shadow, if it is time; {@code catalogue} is of the whole topic. */
    void report(Catalogue catalogue) {
        Shadow place = follower.shadow().orElse(null);
        ShadowRun.Found found = place == null ? null : place.found().orElse(null);
        long now = System.nanoTime();
        if (place == null
                || found == null
                || now - reportNanos < place.spec().report().toNanos()) {
            return;
        }
        reportNanos = now;
        ShadowStatus status = status(found, true, found.trouble());
        PromoteWhen rule = place.spec().promoteWhen().orElse(null);
        Pointer named = pointer;
        if (rule == null || named == null || !found.trouble().isEmpty()) {
            tell(status);
            return;
        }
        Optional<Pointer> announced = catalogue.model(follower.name()).pointer();
        tell(status.noted(promotion.attempt(rule, place, named, announced, status)));
    }

    private ShadowStatus status(ShadowRun.Found found, boolean running, String note) {
        return new ShadowStatus(
                follower.pipeline(),
                instance,
                follower.name(),
                found.inForce().toString(),
                found.shadow().toString(),
                pointer == null ? 0 : pointer.sequence(),
                running,
                found.sinceMs(),
                System.currentTimeMillis(),
                found.compared(),
                note);
    }

    private void tell(ShadowStatus status) {
        ShadowStatus last = told;
        told = status;
        if (last == null || !status.at(last.atMs()).equals(last)) {
            statuses.write(status);
        }
        // figures change with every report, what they come to does not
        String outcome = status.note().replaceAll("[0-9.]+", "#");
        if (!outcome.isEmpty() && !outcome.equals(logged)) {
            LOG.info("pipeline {}: shadow {}: {}", follower.pipeline(), status.shadow(), status.note());
        }
        logged = outcome;
    }

    private void end(String why) {
        Optional<Shadow> place = follower.shadow();
        Optional<ShadowRun.Found> found = place.flatMap(Shadow::found);
        place.ifPresent(Shadow::end);
        found.ifPresent(last -> tell(status(last, false, "ended: " + why)));
        version = null;
        refused = null;
        told = null;
        logged = "";
        promotion.reset();
    }

    /** Ends what runs. */
    void close() {
        end("the instance stopped");
    }
}
