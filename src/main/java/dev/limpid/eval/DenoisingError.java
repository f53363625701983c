package dev.limpid.eval;

import dev.limpid.signal.Floats;

/**
 * How far noisy and cleaned values are from the clean ones, summed up value by value. Signal-to-noise ratio as in
 * {@code 10 log10(Σ clean² / Σ (value - clean)²)}, NaN before the first value. Confined to one thread.
 */
public final class DenoisingError {
    private double clean;
    private double noisy;
    private double cleaned;
    private long count;
    /** Running means and sums of products of deviations (Welford 1962), as levels may be far above the signal's swing. */
    private double cleanMean;

    private double cleanedMean;
    private double cleanSquares;
    private double cleanedSquares;
    private double products;

    /** One value and what came of it. */
    public void add(double cleanValue, double noisyValue, double cleanedValue) {
        clean += cleanValue * cleanValue;
        noisy += (noisyValue - cleanValue) * (noisyValue - cleanValue);
        cleaned += (cleanedValue - cleanValue) * (cleanedValue - cleanValue);
        count++;
        double from = cleanValue - cleanMean;
        cleanMean += from / count;
        cleanSquares += from * (cleanValue - cleanMean);
        double cleanedFrom = cleanedValue - cleanedMean;
        cleanedMean += cleanedFrom / count;
        cleanedSquares += cleanedFrom * (cleanedValue - cleanedMean);
        products += from * (cleanedValue - cleanedMean);
    }

    /** Adds every value that is known on all three sides: NaN stands for what is not. */
    public void add(Floats cleanValues, Floats noisyValues, Floats cleanedValues) {
        for (int i = 0; i < cleanValues.length(); i++) {
            float known = cleanValues.at(i) + noisyValues.at(i) + cleanedValues.at(i);
            if (!Float.isNaN(known)) {
                add(cleanValues.at(i), noisyValues.at(i), cleanedValues.at(i));
            }
        }
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

    /** Percent root mean square difference: error over the clean values' deviation from their mean. */
    public double prdPercent() {
        return 100 * Math.sqrt(cleaned / cleanSquares);
    }

    /** Pearson's correlation of clean and cleaned values; NaN if one of them is constant. */
    public double correlation() {
        return products / Math.sqrt(cleanSquares * cleanedSquares);
    }

    private static double decibels(double of, double over) {
        return of == 0 && over == 0 ? Double.NaN : 10 * Math.log10(Math.max(of, 1e-30) / Math.max(over, 1e-30));
    }
}
