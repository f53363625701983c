package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What signals before and after show of a model, with the truth and without. */
final class SignalDiagnosis {
    private static final double FOLLOWS = 0.8;
    private static final double NO_GAIN_DB = 1;
    /** Signals cleaner than this have no noise to follow. */
    private static final double CLEAN_ENOUGH_DB = 40;

    private static final double UNTOUCHED = 0.3;
    private static final double COLLAPSED = 0.3;
    private static final double FLATTENED = 0.1;
    /** Of what a Wiener filter that knows both spectra would keep. */
    private static final double BLURRED = 0.6;

    private static final double UPPER = 0.75;
    private static final double SHARP = 0.8;
    private static final double UNLIKE = 0.5;
    private static final double NOT_GIVEN_BACK_DB = 15;
    private static final double SAME_ERROR = 0.7;

    private final Evidence evidence;
    private final Spectra spectra;
    private final List<Finding> findings = new ArrayList<>();

    SignalDiagnosis(Evidence evidence, Spectra spectra) {
        this.evidence = evidence;
        this.spectra = spectra;
    }

    List<Finding> findings() {
        if (evidence.cases().isEmpty()) {
            return findings;
        }
        if (spectra.isKnown()) {
            boolean usable = !nearIdentity() && !collapsed();
            if (usable && !blurred()) {
                unlikeTheNoise();
            }
            if (usable) {
                latentTooSmall();
            }
        } else if (!untouched()) {
            flattened();
        }
        return findings;
    }

    private boolean nearIdentity() {
        DenoisingError error = new DenoisingError();
        double follows = 0;
        double noisePower = 0;
        for (Case each : evidence.cases()) {
            for (Stretch stretch : each.stretches()) {
                error.add(stretch.clean(), stretch.noisy(), stretch.cleaned());
                Floats noise = stretch.noise();
                Floats left = stretch.error();
                for (int i = 0; i < stretch.length(); i++) {
                    double product = (double) noise.at(i) * left.at(i);
                    if (!Double.isNaN(product)) {
                        follows += product;
                        noisePower += (double) noise.at(i) * noise.at(i);
                    }
                }
            }
        }
        double share = follows / noisePower;
        if (share > FOLLOWS && error.gainDb() < NO_GAIN_DB && error.snrInDb() < CLEAN_ENOUGH_DB) {
            return found(
                    Finding.Kind.NEAR_IDENTITY,
                    "the output follows the noise with %.0f %% of its amplitude, the gain is %+.1f dB",
                    100 * share,
                    error.gainDb());
        }
        return false;
    }

    private boolean collapsed() {
        double kept = kept(0, spectra.clean().length(), false);
        return kept < COLLAPSED
                && found(
                        Finding.Kind.COLLAPSE,
                        "%.0f %% of the signal's swing is left; the output has rms %.3g about its mean, the signal %.3g",
                        100 * Math.max(0, kept),
                        Math.sqrt(Spectra.sum(spectra.cleaned())),
                        Math.sqrt(Spectra.sum(spectra.clean())));
    }

    /** In the upper quarter of the signal's power, as far as the signal is stronger than the noise there. */
    private boolean blurred() {
        int from = 0;
        while (from < spectra.clean().length()
                && Spectra.sum(spectra.clean(), 0, from + 1) < UPPER * Spectra.sum(spectra.clean())) {
            from++;
        }
        int last = from;
        for (int i = from; i < spectra.clean().length(); i++) {
            last = clear(i) ? i : last;
        }
        double low = kept(0, from, true);
        double high = kept(from, last + 1, true);
        double unit = spectra.binWidth() * (evidence.sampleRateHz() > 0 ? evidence.sampleRateHz() : 1);
        return high < BLURRED
                && low > SHARP
                && found(
                        Finding.Kind.BLUR,
                        "of what could be kept from %.3g to %.3g %s, where the signal is above the noise, %.0f %% is left; below, %.0f %%",
                        from * unit,
                        last * unit,
                        evidence.sampleRateHz() > 0 ? "Hz" : "cycles per sample",
                        100 * Math.max(0, high),
                        100 * low);
    }

    private boolean clear(int bin) {
        return spectra.clean().at(bin) > spectra.noise().at(bin);
    }

    /** Share of the truth that is left, in phase; where the signal is clear, over what a Wiener filter would keep, if {@code could}. */
    private double kept(int from, int to, boolean could) {
        double left = 0;
        double all = 0;
        for (int i = from; i < to; i++) {
            double clean = spectra.clean().at(i);
            if (clean > 0 && (clear(i) || !could)) {
                left += clean * spectra.kept().at(i);
                all += clean * (could ? clean / (clean + spectra.noise().at(i)) : 1);
            }
        }
        return left / all;
    }

    private void unlikeTheNoise() {
        double removed = Spectra.sum(spectra.removed());
        double noise = Spectra.sum(spectra.noise());
        double apart = 0;
        for (int i = 0; i < spectra.noise().length(); i++) {
            apart +=
                    Math.abs(spectra.removed().at(i) / removed - spectra.noise().at(i) / noise) / 2;
        }
        if (removed > 0 && noise > 0 && apart > UNLIKE) {
            found(
                    Finding.Kind.NOISE_MISMATCH,
                    "%.0f %% of the power that was removed lies at frequencies where the noise has none of it",
                    100 * apart);
        }
    }

    private void latentTooSmall() {
        DenoisingError back = new DenoisingError();
        for (Case each : evidence.reproduced()) {
            each.stretches().forEach(stretch -> back.add(stretch.clean(), stretch.noisy(), stretch.cleaned()));
        }
        DenoisingError error = new DenoisingError();
        for (Case each : evidence.cases()) {
            each.stretches().forEach(stretch -> error.add(stretch.clean(), stretch.noisy(), stretch.cleaned()));
        }
        // against the swing, not the level: a channel around 1000 is not given back by its mean
        double backDb = -20 * Math.log10(back.prdPercent() / 100);
        if (back.count() > 0 && backDb < NOT_GIVEN_BACK_DB && back.rmse() > SAME_ERROR * error.rmse()) {
            found(
                    Finding.Kind.LATENT_TOO_SMALL,
                    "a clean input comes out with an error of %.3g rms, %.1f dB below the signal; a noisy one with %.3g",
                    back.rmse(),
                    backDb,
                    error.rmse());
        }
    }

    /** Without the truth: noise that is independent from sample to sample shows in second differences, smooth signals do not. */
    private boolean untouched() {
        double squares = 0;
        long count = 0;
        List<Double> differences = new ArrayList<>();
        for (Case each : evidence.cases()) {
            for (Stretch stretch : each.stretches()) {
                for (int i = 2; i < stretch.length(); i++) {
                    Floats x = stretch.noisy();
                    double second = (double) x.at(i) - 2.0 * x.at(i - 1) + x.at(i - 2);
                    double removed = (double) x.at(i) - stretch.cleaned().at(i);
                    if (!Double.isNaN(second + removed)) {
                        differences.add(Math.abs(second));
                        squares += removed * removed;
                        count++;
                    }
                }
            }
        }
        double[] sorted = differences.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        // MAD of a normal deviate; a second difference has six times the variance
        double noise = sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 0.6745 / Math.sqrt(6);
        double removed = Math.sqrt(squares / Math.max(1, count));
        double swing = Math.sqrt(Spectra.sum(spectra.noisy()));
        return noise > 0.02 * swing
                && removed < UNTOUCHED * noise
                && found(
                        Finding.Kind.NEAR_IDENTITY,
                        "%.3g rms was removed of noise that is %.3g rms by its second differences",
                        removed,
                        noise);
    }

    private void flattened() {
        double share = Spectra.sum(spectra.cleaned()) / Spectra.sum(spectra.noisy());
        Whiteness removed = new Whiteness();
        for (Case each : evidence.cases()) {
            each.stretches().forEach(stretch -> removed.add(stretch.removed()));
        }
        if (share < FLATTENED && removed.correlation(1) > 0.5) {
            found(
                    Finding.Kind.COLLAPSE,
                    "%.1f %% of the power is left, and what was removed is no noise: neighbours correlate by %.2f",
                    100 * share,
                    removed.correlation(1));
        }
    }

    private boolean found(Finding.Kind kind, String format, Object... values) {
        findings.add(new Finding(kind, Diagnosis.text(format, values)));
        return true;
    }
}
