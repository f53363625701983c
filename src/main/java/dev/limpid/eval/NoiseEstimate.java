package dev.limpid.eval;

import dev.limpid.eval.filter.WaveletShrinkage;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much noise a signal holds, by itself: the median absolute value of its wavelet coefficients over 0.6745, scale by scale (Donoho and
 * Johnstone 1994). A signal's own details are few, which a median does not feel; noise is everywhere. White noise gives all scales the same
 * value, correlated noise more to the coarser ones, and so does a signal that is rough everywhere.
 *
 * @param name of the channel
 * @param sigmas standard deviation that white noise of that strength at a scale would have, finest scale first
 */
public record NoiseEstimate(String name, List<Double> sigmas) {
    private static final int SCALES = 3;
    private static final int LEAST = 64;
    /** Above what the estimates of white noise differ by. */
    private static final double COLOURED = 1.3;

    public NoiseEstimate {
        sigmas = List.copyOf(sigmas);
    }

    /** Of a channel's stretches, each in proportion to its length; all 0 if none is long enough. */
    public static NoiseEstimate of(String name, List<Floats> stretches) {
        double[] sums = new double[SCALES];
        long samples = 0;
        for (Floats stretch : stretches) {
            if (stretch.length() >= LEAST) {
                double[] sigmas = WaveletShrinkage.noise(stretch.toArray(), SCALES);
                for (int scale = 0; scale < SCALES; scale++) {
                    sums[scale] += sigmas[scale] * stretch.length();
                }
                samples += stretch.length();
            }
        }
        List<Double> means = new ArrayList<>();
        for (double sum : sums) {
            means.add(sum / Math.max(1, samples));
        }
        return new NoiseEstimate(name, means);
    }

    /** Standard deviation of the noise if it is white. */
    public double sigma() {
        return sigmas.get(0);
    }

    /** The second scale's deviation over the first's: 1 if the noise is white. */
    public double colour() {
        return sigmas.get(1) / Math.max(Double.MIN_NORMAL, sigmas.get(0));
    }

    /** Whether neighbours share what was taken for noise. */
    public boolean isColoured() {
        return colour() > COLOURED;
    }

    /** What is to be said to who takes neighbouring samples' noise for independent; empty if it may be. */
    public Optional<Finding> mismatch() {
        return isColoured()
                ? Optional.of(new Finding(
                        Finding.Kind.CORRELATED_NOISE,
                        String.format(
                                Locale.ROOT,
                                "by its details %s holds noise of %.3g rms at the finest scale and %.2g times that at the next; white noise has"
                                        + " the same at both",
                                name,
                                sigma(),
                                colour())))
                : Optional.empty();
    }
}
