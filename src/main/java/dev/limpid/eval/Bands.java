package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@link Spectra} summed up over bands an octave wide, from half the rate down. */
public final class Bands {
    private static final int MOST = 7;

    private Bands() {}

    /**
     * One band: the root of the power in it, in the values' unit. NaN where the truth is unknown.
     *
     * @param from lower edge in Hz, or cycles per sample without a rate
     * @param to upper edge
     * @param kept share of the truth's amplitude that is left, in phase
     */
    public record Band(double from, double to, double noisy, double removed, double noise, double error, double kept) {}

    /** Rising. */
    public static List<Band> of(Spectra spectra, double sampleRateHz) {
        double rate = sampleRateHz > 0 ? sampleRateHz : 1;
        List<Band> bands = new ArrayList<>();
        int high = spectra.noisy().length();
        for (int i = 0; i < MOST && high > 0; i++) {
            int low = i == MOST - 1 || high <= 2 ? 0 : high / 2;
            bands.add(0, band(spectra, low, high, rate));
            high = low;
        }
        return bands;
    }

    private static Band band(Spectra spectra, int from, int to, double rate) {
        boolean known = spectra.isKnown();
        double clean = 0;
        double kept = 0;
        for (int i = from; known && i < to; i++) {
            clean += spectra.clean().at(i);
            kept += spectra.clean().at(i) > 0
                    ? spectra.clean().at(i) * (double) spectra.kept().at(i)
                    : 0;
        }
        return new Band(
                from == 0 ? 0 : (from - 0.5) * spectra.binWidth() * rate,
                Math.min(0.5, (to - 0.5) * spectra.binWidth()) * rate,
                root(spectra.noisy(), from, to),
                root(spectra.removed(), from, to),
                known ? root(spectra.noise(), from, to) : Double.NaN,
                known ? root(spectra.error(), from, to) : Double.NaN,
                clean > 0 ? kept / clean : Double.NaN);
    }

    private static double root(Floats power, int from, int to) {
        return Math.sqrt(Spectra.sum(power, from, to));
    }

    /** A table, its titles first. */
    public static List<List<String>> table(List<Band> bands, double sampleRateHz) {
        boolean known = bands.stream().noneMatch(band -> Double.isNaN(band.noise()));
        List<List<String>> rows = new ArrayList<>();
        String unit = sampleRateHz > 0 ? "band Hz" : "band, cycles per sample";
        rows.add(
                known
                        ? List.of(unit, "noise rms", "removed rms", "error left rms", "signal kept")
                        : List.of(unit, "noisy rms", "removed rms"));
        for (Band band : bands) {
            List<String> row = new ArrayList<>(List.of(
                    frequency(band.from(), sampleRateHz) + ".." + frequency(band.to(), sampleRateHz),
                    ComparisonTable.number(known ? band.noise() : band.noisy()),
                    ComparisonTable.number(band.removed())));
            if (known) {
                row.add(ComparisonTable.number(band.error()));
                row.add(Double.isNaN(band.kept()) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * band.kept()));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String frequency(double value, double sampleRateHz) {
        return String.format(Locale.ROOT, sampleRateHz >= 20 ? "%.1f" : "%.4f", value);
    }
}
