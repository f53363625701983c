package dev.limpid.model;

import dev.limpid.signal.Floats;

/**
 * How a shadow and the model in force did on the same windows. Both began without any history of a series.
 *
 * @param windows windows that both did
 * @param dropped windows that were to be compared, but the queue was full
 * @param apart windows after which one of the two had its alert raised and the other had not
 */
public record Compared(long windows, long dropped, long apart, Figures inForce, Figures shadow) {
    /** Probabilities of the quantiles in {@link Figures#scores}. */
    public static final Floats PROBABILITIES = Floats.of(0.01f, 0.05f, 0.25f, 0.5f, 0.75f, 0.95f, 0.99f);

    /**
     * What one of the two did.
     *
     * @param error mean over the windows of the root mean square of raw minus clean, for both in units of the residual scale of the
     *     model in force; not finite if it overflowed, or was not told
     * @param scores quantiles of its window scores, in its own calibrated units; empty without a window
     * @param alerts alerts it raised, or would have
     * @param failed windows that it failed on, or for which it gave no finite values
     * @param nanosPerWindow mean time per window; 0 without a window
     */
    public record Figures(double error, Floats scores, long alerts, long failed, long nanosPerWindow) {}
}
