package dev.limpid.demo;

/**
 * Signal-to-noise ratio of one series against the known truth, before and after cleaning, over the same samples: those that
 * were observed. Mutable, confined to one thread.
 */
final class SnrMeter {
    private long count;
    private double sum;
    private double squares;
    private double noise;
    private double rest;

    void add(float truth, float raw, float clean) {
        if (Float.isNaN(raw)) {
            return;
        }
        count++;
        sum += truth;
        squares += (double) truth * truth;
        noise += square((double) raw - truth);
        rest += square((double) clean - truth);
    }

    long count() {
        return count;
    }

    /** Variance of the truth over the mean square of raw minus truth, dB. */
    double inDb() {
        return decibel(noise);
    }

    /** Variance of the truth over the mean square of clean minus truth, dB. */
    double outDb() {
        return decibel(rest);
    }

    /** The one less the other: mean square of raw minus truth over that of clean minus truth, dB; NaN if there is neither. */
    double gainDb() {
        return 10 * Math.log10(noise / rest);
    }

    private double decibel(double error) {
        return 10 * Math.log10((squares - sum * sum / count) / error);
    }

    private static double square(double x) {
        return x * x;
    }
}
