package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single pixels that are black or white, each as often, in all channels at once: what dead and saturated photosites and bit errors look
 * like (Boncelet 2005, "Image noise models", Handbook of Image and Video Processing).
 *
 * @param share of the pixels; drawn evenly
 * @param values black and white, in physical units
 */
public record SaltAndPepper(double chance, Range share, Range values) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double drawn = share.even(random);
        for (int i = 0; i < window.length; i++) {
            if (random.nextDouble() < drawn) {
                float value = (float) (random.nextBoolean() ? values.high() : values.low());
                for (int channel = 0; channel < window.channels; channel++) {
                    window.fill(channel, i, 1, value);
                }
            }
        }
    }

    @Override
    public String phrase() {
        return "salt and pepper, " + Range.text(values.low()) + " and " + Range.text(values.high()) + ", on " + share
                + " of the pixels";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("share", share, 0, 1)
                .within("values", values, -1e30, 1e30)
                .problems();
    }
}
