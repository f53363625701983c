package dev.limpid.eval.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which filters a model is compared with. */
public final class Filters {
    private static final Pattern BAND =
            Pattern.compile("band-pass ([0-9.]+?)\\.\\.([0-9.]+)(?: hz)?(?: order ([1-8]))?");
    private static final Pattern OTHER = Pattern.compile(
            "(median|wiener|savitzky-golay|wavelet) (\\d{1,4})(?: degree (\\d{1,2}))?(?: (soft|hard))?");
    private static final String WANTED =
            "; wanted some of: band-pass 0.5..40 Hz order 2, median 5, savitzky-golay 11 degree 3, wiener 13,"
                    + " wavelet 4 hard";

    private Filters() {}

    /**
     * One of each family: widths that suit features of ten samples and more, and a band that is a 720th to a ninth of the rate, that is
     * 0.5..40 Hz at 360 Hz.
     */
    public static List<ClassicalFilter> standard(double sampleRateHz) {
        double rate = sampleRateHz > 0 ? sampleRateHz : 1;
        return List.of(
                new ZeroPhaseBandPass(rate / 720, rate / 9, 2),
                new RunningMedian(5),
                new SavitzkyGolay(11, 3),
                new LocalWiener(13),
                new WaveletShrinkage(4, false));
    }

    /**
     * Reads a list as in {@code band-pass 0.5..40 Hz order 2, median 5, savitzky-golay 11 degree 3, wiener 13, wavelet 4 hard}.
     *
     * @throws IllegalArgumentException naming what is not one
     */
    public static List<ClassicalFilter> parse(String text) {
        List<ClassicalFilter> filters = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                filters.add(one(part.strip().toLowerCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("filter '" + part.strip() + "': " + e.getMessage() + WANTED, e);
            }
        }
        return filters;
    }

    private static ClassicalFilter one(String text) {
        Matcher band = BAND.matcher(text);
        if (band.matches()) {
            return new ZeroPhaseBandPass(
                    Double.parseDouble(band.group(1)),
                    Double.parseDouble(band.group(2)),
                    band.group(3) == null ? 2 : Integer.parseInt(band.group(3)));
        }
        Matcher other = OTHER.matcher(text);
        if (!other.matches()) {
            throw new IllegalArgumentException("no filter is called that");
        }
        int width = Integer.parseInt(other.group(2));
        return switch (other.group(1)) {
            case "median" -> new RunningMedian(width);
            case "wiener" -> new LocalWiener(width);
            case "wavelet" -> new WaveletShrinkage(width, "soft".equals(other.group(4)));
            default -> new SavitzkyGolay(width, other.group(3) == null ? 3 : Integer.parseInt(other.group(3)));
        };
    }

    /** All that are tried, family by family, when the best for a signal is looked for with the clean signal at hand. */
    public static List<List<ClassicalFilter>> grids(double sampleRateHz) {
        double rate = sampleRateHz > 0 ? sampleRateHz : 1;
        List<ClassicalFilter> bands = new ArrayList<>();
        List<ClassicalFilter> medians = new ArrayList<>();
        List<ClassicalFilter> polynomials = new ArrayList<>();
        List<ClassicalFilter> wieners = new ArrayList<>();
        List<ClassicalFilter> wavelets = new ArrayList<>();
        for (double low : new double[] {0, 1 / 720.0, 1 / 540.0, 1 / 360.0, 1 / 240.0, 1 / 180.0, 1 / 120.0}) {
            for (double high : new double[] {1 / 24.0, 1 / 18.0, 1 / 12.0, 1 / 9.0, 1 / 6.0, 0.5}) {
                for (int order = 1; order <= 4; order++) {
                    bands.add(new ZeroPhaseBandPass(rate * low, rate * high, order));
                }
            }
        }
        for (int width : new int[] {3, 5, 7, 9, 11, 13, 17, 21, 25, 31}) {
            medians.add(new RunningMedian(width));
            wieners.add(new LocalWiener(width));
            for (int degree = 2; degree <= 4 && degree < width - 1; degree++) {
                polynomials.add(new SavitzkyGolay(width, degree));
            }
        }
        for (int levels = 2; levels <= 6; levels++) {
            wavelets.add(new WaveletShrinkage(levels, false));
            wavelets.add(new WaveletShrinkage(levels, true));
        }
        return List.of(bands, medians, polynomials, wieners, wavelets);
    }
}
