package dev.limpid.demo;

import java.util.Optional;

/**
 * What came of the swap of models in a demo run.
 *
 * @param modelBefore the model that the run began on
 * @param gainBeforeDb gain in signal-to-noise ratio of the records that the model before answered alone: mean over the series, away
 *     from faults; NaN if there are none
 * @param gainAfterDb the same of the model after it
 * @param afterMs from the beginning of the announcement to the arrival of a record by the new model on the last of all series; NaN if that
 *     did not come
 * @param crossFaded records that both models answered
 * @param series on which a record by the new model arrived
 * @param problem why the swap did not happen; empty if it did
 */
public record SwapSummary(
        String modelBefore,
        double gainBeforeDb,
        double gainAfterDb,
        double afterMs,
        long crossFaded,
        int series,
        Optional<String> problem) {
    static SwapSummary of(ModelWatch.State models, Ledger.Figures figures) {
        return new SwapSummary(
                models.before().orElse(""),
                figures.gainBeforeDb(),
                figures.gainAfterDb(),
                models.tookMs(),
                models.crossFaded(),
                models.arrivals(),
                models.problem());
    }
}
