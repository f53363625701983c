package dev.limpid.eval;

/**
 * How far noisy and cleaned values are from the clean ones, summed up value by value. Signal-to-noise ratio as in
 * {@code 10 log10(Σ clean² / Σ (value - clean)²)}, NaN before the first value. Confined to one thread.
 */
public final class DenoisingError {
    private double clean;
    private double noisy;
    private double cleaned;
    private long count;

    /** One value and what came of it. */
    public void add(double cleanValue, double noisyValue, double cleanedValue) {
        clean += cleanValue * cleanValue;
        noisy += (noisyValue - cleanValue) * (noisyValue - cleanValue);
        cleaned += (cleanedValue - cleanValue) * (cleanedValue - cleanValue);
        count++;
    }

    /** Values so far. */
    public long count() {
        return count;
    }

    /** Signal-to-noise ratio of what came in. */
    public double snrInDb() {
        return decibels(clean, noisy);
    }

    /** Signal-to-noise ratio of what came out. */
    public double snrOutDb() {
        return decibels(clean, cleaned);
    }

    /** By how much the signal-to-noise ratio rose. */
    public double gainDb() {
        return decibels(noisy, cleaned);
    }

    /** Root mean square error of what came in. */
    public double noisyRmse() {
        return Math.sqrt(noisy / Math.max(1, count));
    }

    /** Root mean square error of what came out. */
    public double rmse() {
        return Math.sqrt(cleaned / Math.max(1, count));
    }

    private static double decibels(double of, double over) {
        return of == 0 && over == 0 ? Double.NaN : 10 * Math.log10(Math.max(of, 1e-30) / Math.max(over, 1e-30));
    }
}
