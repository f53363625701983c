package dev.limpid.score;

/**
 * What an {@link AlertRule} remembers of a series: 40 bytes, immutable.
 *
 * @param windows windows seen, saturating; 0, as the next two are NaN, where alerts are by a stated score
 * @param median running median of the logarithm of the score
 * @param mad running median absolute deviation of it
 * @param streak windows in a row that speak for a change of state
 * @param raised whether an alert is raised
 * @param startMs start of the window that raised it; 0 if none is raised
 * @param peak the deviation of greatest size since then
 * @param modelHash hash of the model the figures belong to: a new model starts from its own calibration
 */
public record AlertState(
        int windows, float median, float mad, int streak, boolean raised, long startMs, float peak, int modelHash) {
    /** Nothing seen yet. */
    public static final AlertState NEW = new AlertState(0, Float.NaN, Float.NaN, 0, false, 0, 0f, 0);
}
