package dev.limpid.eval;

import dev.limpid.eval.filter.ClassicalFilter;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A model and the classical filters on the same data.
 *
 * @param cases their names
 * @param methods the model first
 * @param known whether the truth is at hand: else figures are those of hidden samples
 */
public record Comparison(List<String> cases, List<Method> methods, boolean known) {
    public Comparison {
        cases = List.copyOf(cases);
        methods = List.copyOf(methods);
    }

    /**
     * One way to clean.
     *
     * @param name the model's, or the filter's family
     * @param parameters of the filter, for people
     * @param figures one per case
     */
    public record Method(String name, String parameters, List<Figures> figures) {
        public Method {
            figures = List.copyOf(figures);
        }

        /** The mean over the cases. */
        public double mean(ToDoubleFunction<Figures> of) {
            return figures.stream().mapToDouble(of).average().orElse(Double.NaN);
        }

        /** The least over the cases. */
        public double least(ToDoubleFunction<Figures> of) {
            return figures.stream().mapToDouble(of).min().orElse(Double.NaN);
        }
    }

    /** The model's figures and those of each filter. */
    public static Comparison of(String model, List<Case> cases, List<ClassicalFilter> filters, double sampleRateHz) {
        List<Method> methods = new ArrayList<>();
        methods.add(new Method(model, "", cases.stream().map(Figures::of).toList()));
        for (ClassicalFilter filter : filters) {
            List<Figures> figures = cases.stream()
                    .map(each -> Figures.of(cleaned(each, filter, sampleRateHz)))
                    .toList();
            methods.add(new Method(filter.family(), filter.parameters(sampleRateHz), figures));
        }
        return new Comparison(cases.stream().map(Case::name).toList(), methods, known(cases));
    }

    /**
     * The model's figures and, of each family, those of the filter that is best for the case: by the truth where it is known, which no
     * filter could know, else by hidden samples. So a filter's bar is as high as it can be.
     */
    public static Comparison ofBest(
            String model, List<Case> cases, List<List<ClassicalFilter>> families, double sampleRateHz) {
        List<Method> methods = new ArrayList<>();
        methods.add(new Method(model, "", cases.stream().map(Figures::of).toList()));
        for (List<ClassicalFilter> family : families) {
            methods.add(new Method(
                    family.get(0).family(),
                    "best of " + family.size() + " for each case",
                    cases.stream().map(each -> best(each, family, sampleRateHz)).toList()));
        }
        return new Comparison(cases.stream().map(Case::name).toList(), methods, known(cases));
    }

    private static Figures best(Case of, List<ClassicalFilter> family, double sampleRateHz) {
        Case best = cleaned(of, family.get(0), sampleRateHz);
        double most = Figures.merit(best);
        for (ClassicalFilter filter : family.subList(1, family.size())) {
            Case cleaned = cleaned(of, filter, sampleRateHz);
            double merit = Figures.merit(cleaned);
            if (merit > most) {
                best = cleaned;
                most = merit;
            }
        }
        return Figures.of(best);
    }

    private static boolean known(List<Case> cases) {
        return cases.stream().allMatch(Case::isKnown);
    }

    private static Case cleaned(Case of, ClassicalFilter filter, double sampleRateHz) {
        return new Case(
                of.name(),
                of.stretches().stream()
                        .map(stretch -> cleaned(stretch, filter, sampleRateHz))
                        .toList());
    }

    private static Stretch cleaned(Stretch of, ClassicalFilter filter, double sampleRateHz) {
        float[] noisy = of.noisy().toArray();
        float[] out = filter.clean(noisy, sampleRateHz);
        Floats predicted = of.predicted();
        if (predicted.length() == 0) {
            return of.cleanedBy(out, new float[0]);
        }
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = Float.isNaN(predicted.at(i)) ? noisy[i] : Float.NaN;
        }
        float[] blind = filter.clean(noisy, sampleRateHz);
        for (int i = 0; i < noisy.length; i++) {
            blind[i] = Float.isNaN(predicted.at(i)) ? Float.NaN : blind[i];
        }
        return of.cleanedBy(out, blind);
    }
}
