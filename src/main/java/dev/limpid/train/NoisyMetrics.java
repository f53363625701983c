package dev.limpid.train;

import dev.limpid.eval.Case;
import dev.limpid.eval.Comparison;
import dev.limpid.eval.Figures;
import dev.limpid.eval.NoiseEstimate;
import dev.limpid.eval.Stretch;
import dev.limpid.eval.Whiteness;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be said in figures of a model and its data where nobody knows the truth: the noise that the recordings hold by themselves, what
 * the model took away, whether that is white, and how well samples were predicted that it was not shown. Per channel; the channel's name
 * behind the figure's if there are several.
 */
record NoisyMetrics(List<Case> cases, List<NoiseEstimate> noise) {
    SortedMap<String, Double> of() {
        SortedMap<String, Double> metrics = new TreeMap<>();
        List<Figures> figures =
                Comparison.of("", cases, List.of(), 0).methods().get(0).figures();
        for (int channel = 0; channel < cases.size(); channel++) {
            Case graded = cases.get(channel);
            String suffix = cases.size() == 1 ? "" : "." + graded.name();
            Whiteness white = new Whiteness();
            double squares = 0;
            long count = 0;
            for (Stretch stretch : graded.stretches()) {
                Floats removed = stretch.removed();
                white.add(removed);
                for (int i = 0; i < removed.length(); i++) {
                    if (!Float.isNaN(removed.at(i))) {
                        squares += (double) removed.at(i) * removed.at(i);
                        count++;
                    }
                }
            }
            put(metrics, "noiseSigma" + suffix, noise.get(channel).sigma());
            put(metrics, "noiseColour" + suffix, noise.get(channel).colour());
            put(metrics, "removedRms" + suffix, Math.sqrt(squares / Math.max(1, count)));
            put(metrics, "removedColoured" + suffix, white.coloured());
            put(metrics, "removedCorrelation" + suffix, white.correlation(1));
            put(metrics, "removedLjungBox" + suffix, white.ljungBox());
            put(metrics, "heldOutMaskedRmse" + suffix, figures.get(channel).maskedRmse());
            put(metrics, "heldOutPredictedDb" + suffix, figures.get(channel).predictedDb());
        }
        return metrics;
    }

    private static void put(SortedMap<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
