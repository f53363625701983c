package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.util.List;

/**
 * Where in frequency the noise was, and what became of it: power per bin from 0 to half the rate, in the values' unit squared, so that
 * the bins add up to the mean square without the mean. After Welch (1967), Hann windows that overlap by half.
 *
 * @param binWidth frequency from bin to bin, in cycles per sample
 * @param noisy power that came in
 * @param cleaned power that went out
 * @param removed power of what was taken away
 * @param clean power of the truth; this and the next three are empty if it is unknown
 * @param noise power of noisy less clean
 * @param error power of cleaned less clean
 * @param kept share of the truth's amplitude that is in the cleaned values, in phase: 1 if nothing of it was lost
 */
public record Spectra(
        double binWidth,
        Floats noisy,
        Floats cleaned,
        Floats removed,
        Floats clean,
        Floats noise,
        Floats error,
        Floats kept) {
    private static final int LONGEST = 512;
    private static final int SHORTEST = 16;

    public static Spectra of(List<Case> cases) {
        int shortest = cases.stream()
                .flatMap(each -> each.stretches().stream())
                .mapToInt(Stretch::length)
                .min()
                .orElse(SHORTEST);
        int size = Math.max(SHORTEST, Math.min(LONGEST, Integer.highestOneBit(Math.max(1, shortest))));
        boolean known = cases.stream().allMatch(Case::isKnown) && !cases.isEmpty();
        CrossSpectrum noisy = new CrossSpectrum(size);
        CrossSpectrum cleaned = new CrossSpectrum(size);
        CrossSpectrum removed = new CrossSpectrum(size);
        CrossSpectrum clean = new CrossSpectrum(size);
        CrossSpectrum noise = new CrossSpectrum(size);
        CrossSpectrum error = new CrossSpectrum(size);
        CrossSpectrum kept = new CrossSpectrum(size);
        for (Case each : cases) {
            for (Stretch stretch : each.stretches()) {
                noisy.add(stretch.noisy(), stretch.noisy());
                cleaned.add(stretch.cleaned(), stretch.cleaned());
                removed.add(stretch.removed(), stretch.removed());
                if (known) {
                    clean.add(stretch.clean(), stretch.clean());
                    noise.add(stretch.noise(), stretch.noise());
                    error.add(stretch.error(), stretch.error());
                    kept.add(stretch.clean(), stretch.cleaned());
                }
            }
        }
        return new Spectra(
                1.0 / size,
                noisy.power(),
                cleaned.power(),
                removed.power(),
                known ? clean.power() : Floats.of(),
                known ? noise.power() : Floats.of(),
                known ? error.power() : Floats.of(),
                known ? ratio(kept.power(), clean.power()) : Floats.of());
    }

    private static Floats ratio(Floats of, Floats over) {
        float[] out = new float[of.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = over.at(i) > 0 ? of.at(i) / over.at(i) : Float.NaN;
        }
        return Floats.owning(out);
    }

    public boolean isKnown() {
        return clean.length() > 0;
    }

    /** The sum over the bins in {@code [from, to)}. */
    static double sum(Floats power, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += power.at(i);
        }
        return sum;
    }

    static double sum(Floats power) {
        return sum(power, 0, power.length());
    }
}
