package dev.limpid.train;

import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Either;
import dev.limpid.train.corruption.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a clean window is spoilt; drawn afresh for every window of every batch.
 *
 * @param noise share of windows with recorded noise (if there is any); 1 to 3 sources mixed, each with random sign and speed
 * @param snrLowDb least signal-to-noise ratio of the recorded noise, by the root mean squares of the whole recordings, so
 *     that noise that comes in bursts stays so
 * @param snrHighDb greatest ratio
 * @param gaussian share of windows with white noise
 * @param gaussianLow least standard deviation, in root mean squares of the clean recording; drawn evenly in the logarithm
 * @param gaussianHigh greatest standard deviation
 * @param mask share of windows with missing samples: spans, single ones, or the end of the window
 * @param maskShare greatest share of a window that spans or single samples take away
 * @param wander share of windows with a slow sinusoidal baseline of up to three root mean squares
 * @param then what happens after all of these, in order
 */
public record Corruption(
        double noise,
        double snrLowDb,
        double snrHighDb,
        double gaussian,
        double gaussianLow,
        double gaussianHigh,
        double mask,
        double maskShare,
        double wander,
        List<Disturbance> then) {
    public static final Corruption DEFAULT = new Corruption(0.9, -3, 12, 0.4, 0.03, 0.6, 0.3, 0.3, 0.1);

    public Corruption {
        then = List.copyOf(then);
    }

    /** The mixture alone, nothing after it. */
    public Corruption(
            double noise,
            double snrLowDb,
            double snrHighDb,
            double gaussian,
            double gaussianLow,
            double gaussianHigh,
            double mask,
            double maskShare,
            double wander) {
        this(noise, snrLowDb, snrHighDb, gaussian, gaussianLow, gaussianHigh, mask, maskShare, wander, List.of());
    }

    /** These disturbances, one after the other, and nothing else. */
    public static Corruption of(List<Disturbance> disturbances) {
        return new Corruption(0, 0, 0, 0, 1, 1, 0, 0, 0, disturbances);
    }

    /** The same mixture with other disturbances after it. */
    public Corruption then(List<Disturbance> disturbances) {
        return new Corruption(
                noise, snrLowDb, snrHighDb, gaussian, gaussianLow, gaussianHigh, mask, maskShare, wander, disturbances);
    }

    /** The files of recorded noise that it asks for by name. */
    public Set<String> files() {
        Set<String> files = new LinkedHashSet<>();
        each().forEach(disturbance -> {
            if (disturbance instanceof Recorded recorded && !recorded.file().isEmpty()) {
                files.add(recorded.file());
            }
        });
        return files;
    }

    /** Every single disturbance, those that stand in an {@link Either} too. */
    Stream<Disturbance> each() {
        return each(then);
    }

    private static Stream<Disturbance> each(List<Disturbance> disturbances) {
        return disturbances.stream()
                .flatMap(disturbance ->
                        disturbance instanceof Either either ? each(either.of()) : Stream.of(disturbance));
    }

    /** For people and for a model's provenance, one phrase each. */
    List<String> phrases(boolean recorded) {
        List<String> phrases = new ArrayList<>();
        if (recorded && noise > 0) {
            phrases.add(phrase("recorded noise at %s..%s dB in %s of the windows", snrLowDb, snrHighDb, noise));
        }
        if (gaussian > 0) {
            phrases.add(phrase("gaussian of %s..%s rms in %s", gaussianLow, gaussianHigh, gaussian));
        }
        if (mask > 0) {
            phrases.add(phrase("up to %s masked, or the end, in %s", maskShare, mask));
        }
        if (wander > 0) {
            phrases.add(phrase("sinusoidal baseline of up to 3 rms in %s", wander));
        }
        for (Disturbance disturbance : then) {
            phrases.add(disturbance.phrase() + " in " + disturbance.chance());
        }
        return phrases;
    }

    private static String phrase(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
