package dev.limpid.eval;

import dev.limpid.signal.Floats;

/**
 * How well one case was cleaned. NaN is what cannot be said: the first five need the truth, the next two hidden samples.
 *
 * @param snrInDb {@code 10 log10(Σ clean² / Σ (noisy - clean)²)}
 * @param gainDb by how much the signal-to-noise ratio rose
 * @param rmse root mean square of cleaned less clean
 * @param prdPercent percent root mean square difference, over the clean values' deviation from their mean
 * @param correlation Pearson's, of clean and cleaned
 * @param maskedRmse root mean square of prediction less noisy value at samples that were hidden: where noise is independent from sample
 *     to sample, noise power plus the squared error against the truth, so less is better (Batson and Royer 2019)
 * @param predictedDb the noisy values' variance over the square of that
 * @param coloured share of what was removed's autocorrelations that independent values would not show: see {@link Whiteness}
 */
public record Figures(
        double snrInDb,
        double gainDb,
        double rmse,
        double prdPercent,
        double correlation,
        double maskedRmse,
        double predictedDb,
        double coloured) {

    static Figures of(Case graded) {
        DenoisingError error = error(graded);
        DenoisingError hidden = hidden(graded);
        Whiteness whiteness = new Whiteness();
        graded.stretches().forEach(stretch -> whiteness.add(stretch.removed()));
        boolean known = graded.isKnown();
        return new Figures(
                error.snrInDb(),
                error.gainDb(),
                known ? error.rmse() : Double.NaN,
                known ? error.prdPercent() : Double.NaN,
                error.correlation(),
                hidden.count() > 0 ? hidden.rmse() : Double.NaN,
                predictedDb(hidden),
                whiteness.coloured());
    }

    /** What filters are chosen by: {@link #gainDb} where the truth is known, else {@link #predictedDb}. */
    static double merit(Case graded) {
        return graded.isKnown() ? error(graded).gainDb() : predictedDb(hidden(graded));
    }

    private static DenoisingError error(Case graded) {
        DenoisingError error = new DenoisingError();
        for (Stretch stretch : graded.stretches()) {
            if (stretch.isKnown()) {
                error.add(stretch.clean(), stretch.noisy(), stretch.cleaned());
            }
        }
        return error;
    }

    private static DenoisingError hidden(Case graded) {
        DenoisingError hidden = new DenoisingError();
        for (Stretch stretch : graded.stretches()) {
            if (stretch.predicted().length() > 0) {
                hidden.add(stretch.noisy(), Floats.owning(new float[stretch.length()]), stretch.predicted());
            }
        }
        return hidden;
    }

    private static double predictedDb(DenoisingError hidden) {
        return hidden.count() > 0 ? -20 * Math.log10(hidden.prdPercent() / 100) : Double.NaN;
    }
}
