package dev.limpid.score;

/** When a series' alert is raised and cleared: by the scores that it had before, or by a score that is stated. */
public sealed interface AlertSpec {
    AlertSpec DEFAULT = new ByHistory(8f, 2, 4f, 3);

    /** Raised after that many anomalous windows in a row. */
    int raiseAfter();

    /** Cleared after that many normal windows in a row. */
    int clearAfter();

    /**
     * By the series' own history.
     *
     * @param raiseDeviation anomalous at this many scaled MADs from the running median (in the logarithmic domain), above or below
     * @param clearDeviation normal below this, at most {@code raiseDeviation}
     */
    record ByHistory(float raiseDeviation, int raiseAfter, float clearDeviation, int clearAfter) implements AlertSpec {}

    /**
     * By a stated score: a window is anomalous above it and else normal, from the first one on.
     *
     * @param raiseScore the score
     */
    record Above(float raiseScore, int raiseAfter, int clearAfter) implements AlertSpec {
        /** For models whose score is 1 at the threshold of their calibration, and whose series may be one window long. */
        public static final Above ONE = new Above(1f, 1, 1);
    }
}
