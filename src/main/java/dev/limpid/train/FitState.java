package dev.limpid.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where fitting stands, but for what torch holds. Confined to one thread. */
final class FitState {
    /** Steps done. */
    int step;

    /** Smoothed loss of the latest batches. */
    double running = Double.NaN;

    /** Averaged weights at the best look at the held-out part. */
    Map<String, float[]> best = new LinkedHashMap<>();

    double bestLoss = Double.POSITIVE_INFINITY;
    int bestStep;

    /** Looks since then. */
    int worse;

    /** At the latest look. */
    double heldOutLoss = Double.NaN;

    double gainDb = Double.NaN;

    /** Takes the loss of one more step in. */
    void stepped(double loss) {
        running = Double.isNaN(running) ? loss : running + 0.02 * (loss - running);
        step++;
    }

    /** Takes a look at the held-out part in. */
    void looked(Map<String, float[]> weights, FitTask.Look look) {
        heldOutLoss = look.loss();
        gainDb = look.gain();
        worse++;
        if (look.loss() < bestLoss) {
            best = weights;
            bestLoss = look.loss();
            bestStep = step;
            worse = 0;
        }
    }
}
