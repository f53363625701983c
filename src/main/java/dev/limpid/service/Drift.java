package dev.limpid.service;

import dev.limpid.model.TrainerStatus.Outcome;
import java.time.Duration;

/**
 * A drift from when it began until a model was published, or it has ended by itself; and how soon it may call for a round again, for one that
 * brought nothing would bring nothing again for a while. Confined to one thread.
 */
final class Drift {
    private final Duration lasting;
    private final Duration most;
    private long sinceMs;
    private long quietUntilMs;
    private Duration wait;

    /**
     * None so far.
     *
     * @param lasting for how long data must have drifted before that is known
     * @param most from a round that brought nothing to the next that drift calls for
     */
    Drift(Duration lasting, Duration most) {
        this.lasting = lasting;
        this.most = most;
        this.wait = lasting.multipliedBy(2);
    }

    /** Records before that time would teach what is no more; 0: there is no drift. */
    long sinceMs() {
        return sinceMs;
    }

    /** Data have drifted as of {@code nowMs}: whether that calls for a round. */
    boolean calls(long nowMs) {
        if (sinceMs == 0) {
            sinceMs = nowMs - lasting.toMillis();
        }
        return nowMs >= quietUntilMs;
    }

    /** Data are again as they were, or the model in force is another. */
    void over() {
        sinceMs = 0;
        quietUntilMs = 0;
        wait = lasting.multipliedBy(2);
    }

    /** A round has ended. */
    void heard(Outcome outcome, long nowMs) {
        switch (outcome) {
            case PUBLISHED, SHADOW -> over();
            case BETTER, NOT_BETTER, TOO_LITTLE -> {
                if (sinceMs != 0) {
                    wait = wait.compareTo(most) < 0 ? wait : most;
                    quietUntilMs = nowMs + wait.toMillis();
                    wait = wait.multipliedBy(2);
                }
            }
            case WAITING, FAILED -> {
                // nothing was learnt of the data
            }
        }
    }
}
