package dev.limpid.eval;

import java.util.List;

/**
 * How training went.
 *
 * @param loss what was made small, for people
 * @param looks at the held-out part, in order
 * @param bestStep whose weights were kept
 * @param samples per channel that were fitted on
 * @param windowLength samples per window
 * @param parameters numbers that were fitted
 */
public record LearningCurve(
        String loss, List<Look> looks, int bestStep, long samples, int windowLength, long parameters) {
    public LearningCurve {
        looks = List.copyOf(looks);
    }

    /** One look. Both losses are in one unit. */
    public record Look(int step, double loss, double heldOutLoss, double gainDb) {}
}
