package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What lies beyond an amplifier's rails is cut off, above and below alike (hard clipping as in Záviška et al. 2021, "A survey
 * and an extensive evaluation of popular audio declipping methods").
 *
 * @param rails share of the window's own span from least to greatest value that is left, about its middle; drawn evenly
 */
public record Saturation(double chance, Range rails) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double share = rails.even(random);
        for (int channel = 0; channel < window.channels; channel++) {
            int at = window.at(channel);
            float least = window.x[at];
            float greatest = window.x[at];
            for (int i = at; i < at + window.length; i++) {
                least = Math.min(least, window.x[i]);
                greatest = Math.max(greatest, window.x[i]);
            }
            double middle = 0.5 * ((double) least + greatest);
            float low = (float) (middle + share * (least - middle));
            float high = (float) (middle + share * (greatest - middle));
            for (int i = at; i < at + window.length; i++) {
                window.x[i] = Math.min(high, Math.max(low, window.x[i]));
            }
        }
    }

    @Override
    public String phrase() {
        return "cut off beyond " + rails + " of the span";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("rails", rails, 0, 1).problems();
    }
}
