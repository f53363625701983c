package dev.limpid.eval.filter;

import dev.limpid.signal.BandPass;
import java.util.Locale;

/**
 * A Butterworth band-pass, forward and backward.
 *
 * @param low lower edge in Hz, or cycles per sample where the rate is unknown; 0 keeps the level
 * @param high upper edge likewise
 * @param order poles of either side, before it runs twice
 */
public record ZeroPhaseBandPass(double low, double high, int order) implements ClassicalFilter {
    @Override
    public String family() {
        return "band-pass";
    }

    @Override
    public String parameters(double sampleRateHz) {
        return text(low) + ".." + text(high) + (sampleRateHz > 0 ? " Hz" : " per sample") + ", order " + order;
    }

    @Override
    public float[] clean(float[] values, double sampleRateHz) {
        return BandPass.of(low, high, order, sampleRateHz > 0 ? sampleRateHz : 1)
                .zeroPhase(values);
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "");
    }
}
