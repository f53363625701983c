package dev.limpid.eval.report;

import dev.limpid.eval.Case;
import dev.limpid.eval.DenoisingError;
import dev.limpid.eval.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Picks windows to look at: best, median and worst by gain; without the truth, those of which least, median and most was removed. */
final class Examples {
    /** Below this share of the signal's power a window is too clean for a gain to mean much. */
    private static final double NOISE_SHARE = 1e-3;

    private Examples() {}

    /** A window and what it is an example of. */
    record Example(Stretch stretch, String caption) {}

    private record Candidate(String name, int from, Stretch stretch, DenoisingError error) {
        double merit() {
            return stretch.isKnown() ? error.gainDb() : -error.rmse();
        }
    }

    static List<Example> of(List<Case> cases, int length) {
        List<Candidate> candidates = new ArrayList<>();
        for (Case each : cases) {
            for (Stretch stretch : each.stretches()) {
                int size = Math.min(length, stretch.length());
                for (int from = 0; size > 0 && from + size <= stretch.length(); from += size) {
                    candidate(each.name(), from, stretch.part(from, from + size), candidates);
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::merit).reversed());
        List<Example> examples = new ArrayList<>();
        if (!candidates.isEmpty()) {
            examples.add(example(candidates.get(0)));
            examples.add(example(candidates.get(candidates.size() / 2)));
            examples.add(example(candidates.get(candidates.size() - 1)));
        }
        String[] known = {"Best", "Median", "Worst"};
        String[] unknown = {"Least removed", "Median", "Most removed"};
        for (int i = 0; i < examples.size(); i++) {
            String rank = examples.get(i).stretch().isKnown() ? known[i] : unknown[i];
            examples.set(
                    i,
                    new Example(
                            examples.get(i).stretch(),
                            rank + ": " + examples.get(i).caption()));
        }
        return examples;
    }

    private static void candidate(String name, int from, Stretch window, List<Candidate> to) {
        DenoisingError error = new DenoisingError();
        if (window.isKnown()) {
            error.add(window.clean(), window.noisy(), window.cleaned());
            boolean clean = error.snrInDb() > -10 * Math.log10(NOISE_SHARE);
            if (clean || Double.isNaN(error.gainDb())) {
                return;
            }
        } else {
            error.add(window.noisy(), window.noisy(), window.cleaned());
        }
        if (error.count() > window.length() / 2) {
            to.add(new Candidate(name, from, window, error));
        }
    }

    private static Example example(Candidate of) {
        String figure = of.stretch().isKnown()
                ? String.format(
                        Locale.ROOT,
                        "gain %+.1f dB at %.1f dB",
                        of.error().gainDb(),
                        of.error().snrInDb())
                : String.format(Locale.ROOT, "%.4g rms removed", of.error().rmse());
        return new Example(of.stretch(), of.name() + ", from sample " + of.from() + ", " + figure + ".");
    }
}
