package dev.limpid.train.tokens;

import java.util.ArrayList;
import java.util.List;

/**
 * Sessions cut into windows as the pipeline does: a session of at most {@code length} tokens is one window, padded; of a longer one window
 * {@code k} covers the tokens from {@code k · hop} on, up to the first that reaches its end, which is padded. Immutable.
 */
public final class TokenWindows {
    private final int length;
    private final List<int[]> windows = new ArrayList<>();
    private final List<Integer> sessions = new ArrayList<>();

    /**
     * Cuts.
     *
     * @param length tokens of a window
     * @param hop tokens from one window's start to the next
     */
    public TokenWindows(Sessions sessions, int length, int hop) {
        this.length = length;
        for (int session = 0; session < sessions.size(); session++) {
            int[] ids = sessions.at(session);
            int from = 0;
            do {
                int[] window = new int[length];
                System.arraycopy(ids, from, window, 0, Math.min(length, ids.length - from));
                windows.add(window);
                this.sessions.add(session);
                from += hop;
            } while (from - hop + length < ids.length);
        }
    }

    public int length() {
        return length;
    }

    public int size() {
        return windows.size();
    }

    /** The ids of a window, 0 beyond its session's end; not to be changed. */
    public int[] at(int window) {
        return windows.get(window);
    }

    /** Which session a window is of. */
    public int session(int window) {
        return sessions.get(window);
    }
}
