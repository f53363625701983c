package dev.limpid.eval;

import dev.limpid.signal.Floats;

/**
 * Whether values follow each other by chance, as white noise does. Of the autocorrelations at lags 1 to 40, one in twenty leaves
 * {@code ±1.96/√n} by chance (Box, Jenkins and Reinsel, Time Series Analysis, 4th ed., section 2.1.6). With a hundred thousand values
 * every test rejects, so the share and the greatest correlation say more than the p-value of Ljung and Box (1978), given nevertheless.
 * Confined to one thread.
 */
public final class Whiteness {
    private static final int LAGS = 40;
    private static final double BOUND = 1.96;
    private final double[] products = new double[LAGS + 1];
    private final long[] pairs = new long[LAGS + 1];
    private int lags = LAGS;

    /** Adds a stretch, its mean taken off; NaN is left out. */
    public void add(Floats values) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length(); i++) {
            if (!Float.isNaN(values.at(i))) {
                sum += values.at(i);
                count++;
            }
        }
        if (count < 8) {
            return;
        }
        lags = (int) Math.min(lags, Math.max(1, count / 4));
        double mean = sum / count;
        for (int lag = 0; lag <= lags; lag++) {
            for (int i = lag; i < values.length(); i++) {
                double product = (values.at(i) - mean) * (values.at(i - lag) - mean);
                if (!Double.isNaN(product)) {
                    products[lag] += product;
                    pairs[lag]++;
                }
            }
        }
    }

    /** The autocorrelation at {@code lag}; NaN if nothing varies. */
    public double correlation(int lag) {
        return products[0] > 0 ? products[lag] / products[0] : Double.NaN;
    }

    /** Share of lags whose autocorrelation is further from 0 than chance explains in nineteen of twenty; NaN if nothing varies. */
    public double coloured() {
        if (!(products[0] > 0)) {
            return Double.NaN;
        }
        int outside = 0;
        for (int lag = 1; lag <= lags; lag++) {
            outside += Math.abs(correlation(lag)) > BOUND / Math.sqrt((double) pairs[0]) ? 1 : 0;
        }
        return (double) outside / lags;
    }

    /** The probability that independent values have autocorrelations as great, by the portmanteau statistic. */
    public double ljungBox() {
        double n = pairs[0];
        double q = 0;
        for (int lag = 1; lag <= lags; lag++) {
            q += correlation(lag) * correlation(lag) / (n - lag);
        }
        q *= n * (n + 2);
        // Wilson and Hilferty (1931): the cube root of chi-squared over its degrees is nearly normal
        double spread = 2.0 / (9 * lags);
        double z = (Math.cbrt(q / lags) - (1 - spread)) / Math.sqrt(spread);
        return Double.isNaN(z) ? Double.NaN : normalTail(z);
    }

    /** The normal distribution's tail beyond {@code z} (Abramowitz and Stegun 26.2.17, error below 1e-7). */
    private static double normalTail(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * poly;
        return z >= 0 ? tail : 1 - tail;
    }
}
