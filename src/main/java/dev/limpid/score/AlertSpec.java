package dev.limpid.score;

/**
 * When a series' alert is raised and cleared.
 *
 * @param raiseDeviation raised at this many scaled MADs from the running median (in the logarithmic domain), above or below
 * @param raiseAfter that many such windows in a row
 * @param clearDeviation a window counts as normal below this, at most {@code raiseDeviation}
 * @param clearAfter cleared after that many normal windows in a row
 */
public record AlertSpec(float raiseDeviation, int raiseAfter, float clearDeviation, int clearAfter) {
    public static final AlertSpec DEFAULT = new AlertSpec(8f, 2, 4f, 3);
}
