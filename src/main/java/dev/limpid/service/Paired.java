package dev.limpid.service;

import dev.limpid.eval.PairedBootstrap;
import dev.limpid.eval.PairedBootstrap.Reduction;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Errors of two models on the same things, compared: the series are what is drawn again for the interval; below {@value #FEW} series, the things are. */
final class Paired {
    static final int FEW = 8;

    private Paired() {}

    /** How an error of several is made up of theirs. */
    private interface Bootstrap {
        Reduction of(double[] before, double[] after, double confidence, long seed);
    }

    /**
     * Of squared errors; told are roots of their means.
     *
     * @param inForce of each thing by the one, {@code candidate} by the other
     * @param series of each thing
     */
    static Judged ofSquares(
            double[] inForce, double[] candidate, List<SeriesKey> series, double confidence, long seed) {
        return judged(
                PairedBootstrap::of,
                Math.sqrt(mean(inForce)),
                Math.sqrt(mean(candidate)),
                new double[][] {inForce, candidate},
                series,
                confidence,
                seed);
    }

    /** Of errors whose mean counts. */
    static Judged ofMeans(double[] inForce, double[] candidate, List<SeriesKey> series, double confidence, long seed) {
        return judged(
                PairedBootstrap::ofMeans,
                mean(inForce),
                mean(candidate),
                new double[][] {inForce, candidate},
                series,
                confidence,
                seed);
    }

    private static Judged judged(
            Bootstrap bootstrap,
            double errorInForce,
            double error,
            double[][] errors,
            List<SeriesKey> series,
            double confidence,
            long seed) {
        Map<SeriesKey, List<Integer>> bySeries = new LinkedHashMap<>();
        for (int i = 0; i < series.size(); i++) {
            bySeries.computeIfAbsent(series.get(i), any -> new ArrayList<>()).add(i);
        }
        boolean few = bySeries.size() < FEW;
        Reduction lower = bootstrap.of(
                few ? errors[0] : sums(bySeries, errors[0]),
                few ? errors[1] : sums(bySeries, errors[1]),
                confidence,
                seed);
        return new Judged(
                errorInForce, error, lower.share(), lower.atLeast(), lower.atMost(), series.size(), bySeries.size());
    }

    private static double[] sums(Map<SeriesKey, List<Integer>> bySeries, double[] errors) {
        return bySeries.values().stream()
                .mapToDouble(
                        places -> places.stream().mapToDouble(i -> errors[i]).sum())
                .toArray();
    }

    private static double mean(double[] errors) {
        return Arrays.stream(errors).average().orElse(Double.NaN);
    }
}
