package dev.limpid.train.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How made-up windows are spoilt; drawn afresh for every window. Shares are of windows and independent of one another.
 *
 * @param ratioLow least ratio of the signal's standard deviation to the noise's; drawn evenly in the logarithm
 * @param ratioHigh greatest ratio
 * @param nearlyClean share whose noise is a tenth of what was drawn
 * @param coloured share whose noise is autoregressive or pink; the others' is white
 * @param otherwise share of the white ones that are Laplace or evenly distributed instead of normally
 * @param varying share whose noise swells and fades
 * @param impulses share with single samples far off
 * @param quantised share that are rounded to whole steps
 * @param missing share with missing samples: spans, single ones, or the end of the window
 */
public record Spoiling(
        double ratioLow,
        double ratioHigh,
        double nearlyClean,
        double coloured,
        double otherwise,
        double varying,
        double impulses,
        double quantised,
        double missing) {
    public static final Spoiling DEFAULT = new Spoiling(0.3, 40, 0.04, 0.14, 0.1, 0.05, 0.1, 0.04, 0.15);

    /** For people and for a model's provenance, one phrase each. */
    public List<String> phrases() {
        return List.of(
                phrase(
                        "noise of 1/%s to 1/%s of the signal's deviation, a tenth of that in %s",
                        ratioLow, ratioHigh, nearlyClean),
                phrase(
                        "white noise, normal but in %s; autoregressive or pink in %s; swelling in %s",
                        otherwise, coloured, varying),
                phrase("impulses in %s, rounded to steps in %s, samples missing in %s", impulses, quantised, missing));
    }

    /** Everything that is wrong with it, one sentence each; {@code path} stands before every key. */
    public List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        range(problems, path + "ratio, its lower end,", ratioLow, 1e-3, ratioHigh);
        range(problems, path + "ratio, its upper end,", ratioHigh, 1e-3, 1e4);
        range(problems, path + "nearly-clean", nearlyClean, 0, 1);
        range(problems, path + "coloured", coloured, 0, 1);
        range(problems, path + "otherwise", otherwise, 0, 1);
        range(problems, path + "varying", varying, 0, 1);
        range(problems, path + "impulses", impulses, 0, 1);
        range(problems, path + "quantised", quantised, 0, 1);
        range(problems, path + "missing", missing, 0, 1);
        return problems;
    }

    private static void range(List<String> problems, String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            problems.add(what + " is " + value + ", needs " + low + " to " + high);
        }
    }

    private static String phrase(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
