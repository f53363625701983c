package dev.limpid.service;

import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.definition.Durations;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.kafka.TrainerDesk.Standing;
import dev.limpid.kafka.TrainerElection;
import dev.limpid.model.Pointer;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Outcome;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long-running trainer of one model: while it is elected among its like, a round whenever one is due. When that is follows from the
 * topics alone: {@code every} after the latest round of any of them, or after the pointer was changed. So a trainer that is killed at any
 * point is succeeded by one that does what is left to do. What goes wrong is told, and tried again ever less often. One thread runs it;
 * {@link #stop} from any.
 */
public final class TrainerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerLoop.class);
    private static final long LOOK_MS = 200;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(8);

    private final TrainerPlan plan;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Duration retry = FIRST_RETRY;
    private boolean working;
    private long dueMs;
    private final Drift drift;
    private final TrainerListener listener;
    private final Vitals vitals = new Vitals();

    /** One that nobody listens to. */
    public TrainerLoop(TrainerPlan plan) {
        this(plan, TrainerListener.NONE);
    }

    public TrainerLoop(TrainerPlan plan, TrainerListener listener) {
        this.plan = plan;
        this.listener = listener;
        this.drift = new Drift(plan.rounds().drift().lasting(), plan.every());
    }

    /** Runs one round at once, whoever else does, and gives what it came to. */
    public TrainerStatus once() {
        try (TrainerDesk desk = TrainerDesk.of(plan.definition(), plan.instance())) {
            desk.createTopics();
            return round(desk, "--once", 0, () -> true);
        }
    }

    /** Runs until it is stopped. */
    public void run() {
        try (TrainerDesk desk = TrainerDesk.of(plan.definition(), plan.instance())) {
            create(desk);
            try (TrainerElection election = TrainerElection.stand(plan.definition());
                    DriftLookout lookout = new DriftLookout(plan)) {
                LOG.info("stands for election in group {}", TrainerElection.group(plan.definition()));
                while (stop.getCount() > 0) {
                    vitals.beat();
                    vitals.stands(election.joined(), election.elected());
                    look(desk, election, lookout);
                    desk.again();
                    if (!lookout.behind()) {
                        pause(LOOK_MS);
                    }
                }
            }
        }
    }

    /** The topics may have to wait for the broker. */
    private void create(TrainerDesk desk) {
        while (stop.getCount() > 0) {
            try {
                desk.createTopics();
                return;
            } catch (IllegalStateException e) {
                LOG.warn("{}; trying again", e.getMessage());
                pause(FIRST_RETRY.toMillis() / 10);
            }
        }
    }

    private void look(TrainerDesk desk, TrainerElection election, DriftLookout lookout) {
        if (!election.elected()) {
            if (working) {
                LOG.info("another trainer is elected, or the broker is away: waiting");
                lookout.restart();
            }
            working = false;
            return;
        }
        if (!working && !begin(desk)) {
            return;
        }
        boolean due = System.currentTimeMillis() >= dueMs;
        Optional<String> drifted = due || !plan.onDrift() ? Optional.empty() : lookout.look(desk);
        if (lookout.over()) {
            drift.over();
        }
        if (!due && !(drifted.isPresent() && drift.calls(System.currentTimeMillis()))) {
            return;
        }
        String why = drifted.map(what -> "drift: " + what).orElse("every " + Durations.text(plan.every()));
        try {
            // what was before the drift would teach the model what is no more, and judge it by that
            TrainerStatus status = round(desk, why, drift.sinceMs(), () -> {
                vitals.stands(election.joined(), election.elected());
                return election.elected();
            });
            drift.heard(status.outcome(), System.currentTimeMillis());
            dueMs = System.currentTimeMillis()
                    + next(status.outcome() == Outcome.FAILED).toMillis();
            LOG.info("next round at {}", text(dueMs));
        } catch (Abandoned e) {
            LOG.info("round given up: {}", stop.getCount() == 0 ? "stopping" : "no longer elected");
            working = false;
        }
        lookout.restart();
    }

    /** Elected: finds out when the next round is due. */
    private boolean begin(TrainerDesk desk) {
        try {
            Standing standing = desk.standing();
            standing.last().ifPresent(listener::heard);
            dueMs = due(standing, plan.every());
            working = true;
            drift.over(); // of which another trainer may have made an end
            LOG.info("elected; next round {}", dueMs <= System.currentTimeMillis() ? "now" : "at " + text(dueMs));
            return true;
        } catch (IllegalStateException e) {
            LOG.warn("{}; trying again", e.getMessage());
            pause(FIRST_RETRY.toMillis() / 10);
            return false;
        }
    }

    /** When the next round is due, by what stands on the topics. */
    static long due(Standing standing, Duration every) {
        long told = standing.last()
                .filter(last -> last.outcome() != Outcome.FAILED)
                .map(TrainerStatus::atMs)
                .orElse(Long.MIN_VALUE);
        // whoever was killed between publishing and telling has done a round, too
        long published = standing.pointer().map(Pointer::changedMs).orElse(Long.MIN_VALUE);
        long latest = Math.max(told, published);
        return latest == Long.MIN_VALUE ? 0 : latest + every.toMillis();
    }

    private Duration next(boolean failed) {
        if (!failed) {
            retry = FIRST_RETRY;
            return plan.every();
        }
        Duration wait = retry.compareTo(plan.every()) < 0 ? retry : plan.every();
        Duration twice = retry.multipliedBy(2);
        retry = twice.compareTo(LONGEST_RETRY) < 0 ? twice : LONGEST_RETRY;
        return wait;
    }

    private TrainerStatus round(TrainerDesk desk, String why, long notBeforeMs, BooleanSupplier goOn) {
        BooleanSupplier beating = () -> {
            vitals.beat();
            return stop.getCount() > 0 && goOn.getAsBoolean();
        };
        Round round = new Round(plan, desk, beating, System.currentTimeMillis(), notBeforeMs);
        TrainerStatus status;
        try {
            status = round.run(why);
        } catch (Abandoned e) {
            throw e;
        } catch (IOException | RuntimeException | ModelRefused | TrainingRefused e) {
            // whatever it was, of a client or of the native library: the next round may do better
            LOG.debug("round failed", e);
            status = round.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        if (status.outcome() == Outcome.FAILED) {
            LOG.warn("round failed: {}", status.reason());
        } else {
            LOG.info(
                    "round ends: {} {}: {}",
                    TrainerStatusLayout.word(status.outcome()),
                    status.model(),
                    status.reason());
        }
        desk.tell(status);
        listener.ended(status, round.samples());
        return status;
    }

    /** How it is. */
    public Vitals vitals() {
        return vitals;
    }

    private void pause(long ms) {
        try {
            if (stop.await(ms, TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private static String text(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Ends it soon: what goes on is given up, for the next trainer does it again. */
    public void stop() {
        stop.countDown();
    }
}
