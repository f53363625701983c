package dev.limpid.score;

import dev.limpid.model.ModelSpec;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides, window by window, whether a series is so far from what the model was calibrated on that a filter stands in for it.
 * Stateless: what it remembers of a series is a {@link GuardState}.
 *
 * <p>Windows out of range count against those in range (a one-sided cumulative sum; Page 1954), never below 0: the filter takes over
 * when they are ahead by {@link #windowsIn}, which spans one and a half windows' length, so that an artefact, which all windows over it
 * see, is not enough. From then on {@link #windowsOut}, twice as many, must be in range to bring the model back. A series begins one
 * window short of the filter: a source that the model does not know is met by the filter from its first window on.
 */
public final class GuardRule {
    private final int windowsIn;
    private final int windowsOut;

    public GuardRule(WindowSpec windows) {
        this.windowsIn = Math.max(2, (3 * windows.length() + 2 * windows.hop() - 1) / (2 * windows.hop()));
        this.windowsOut = 2 * windowsIn;
    }

    /** How many more windows must be out of range than in it before the filter takes over. */
    public int windowsIn() {
        return windowsIn;
    }

    /** How many more windows must be in range than out of it before the model comes back. */
    public int windowsOut() {
        return windowsOut;
    }

    /**
     * The state after a window.
     *
     * @param window its number in its segment
     * @param outOfRange what it speaks for
     */
    public GuardState judge(GuardState before, long window, boolean outOfRange, ModelSpec model) {
        int hash = hash(model);
        boolean known = before.modelHash() == hash;
        boolean fallback = known && before.fallback();
        int evidence = (known ? before.evidence() : windowsIn - 1) + (outOfRange ? 1 : -1);
        if (fallback) {
            evidence = Math.min(windowsOut, evidence);
            fallback = evidence > 0;
        } else if (evidence >= windowsIn) {
            fallback = true;
            evidence = windowsOut;
        }
        return next(before, window, Math.max(0, evidence), fallback, hash);
    }

    /** The state after a window of a model that has no range: it is trusted. */
    public GuardState trust(GuardState before, long window) {
        return before.modelHash() == 0 ? before : next(before, window, 0, false, 0);
    }

    private static GuardState next(GuardState before, long window, int evidence, boolean fallback, int hash) {
        List<Long> turns = before.turns();
        if (fallback != before.fallback()) {
            turns = new ArrayList<>(turns);
            turns.add(window);
        }
        return new GuardState(evidence, fallback, hash, turns);
    }

    private static int hash(ModelSpec model) {
        int hash = model.id().sha256().hashCode();
        return hash == 0 ? 1 : hash;
    }
}
