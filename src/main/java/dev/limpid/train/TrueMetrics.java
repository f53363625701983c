package dev.limpid.train;

import dev.limpid.eval.DenoisingError;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be said in figures of a model where the truth is known, over the windows of {@code heldOut}.
 *
 * @param refine the model's denoising steps; if there are several, what the first alone would reach is told as well
 */
record TrueMetrics(HeldOut heldOut, int refine) {
    SortedMap<String, Double> of(TorchOps ops) {
        HeldOut.Result result = heldOut.evaluate(ops);
        DenoisingError observed = result.observed();
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("heldOutSnrInDb", observed.snrInDb());
        metrics.put("heldOutSnrOutDb", observed.snrOutDb());
        metrics.put("heldOutSnrGainDb", observed.gainDb());
        metrics.put("heldOutRmse", observed.rmse());
        if (result.imputed().count() > 0) {
            metrics.put("heldOutImputedRmse", result.imputed().rmse());
        }
        if (refine > 1) {
            metrics.put(
                    "heldOutSnrGainOneStepDb",
                    heldOut.refined(1).evaluate(ops).observed().gainDb());
        }
        return metrics;
    }
}
