package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single samples taken away, each by itself: the masking noise of Vincent et al. (2008), "Extracting and composing robust
 * features with denoising autoencoders", ICML.
 *
 * @param keep the probability that a sample stays; drawn evenly for each window
 */
public record Mask(double chance, Range keep, Hiding as) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double drawn = keep.even(random);
        for (int channel = 0; channel < window.channels; channel++) {
            for (int i = 0; i < window.length; i++) {
                if (random.nextDouble() >= drawn) {
                    as.hide(window, channel, i, 1);
                }
            }
        }
    }

    @Override
    public String phrase() {
        return "samples kept with probability " + keep + ", the others " + as.text();
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("keep", keep, 0, 1).problems();
    }
}
