package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Gain and offset that move in a straight line through the window, away from 1 and 0 or towards them: the calibration fault of
 * Ni et al. (2009), "Sensor network data fault types", ACM Transactions on Sensor Networks 5.
 *
 * @param gain the factor at the far end; drawn evenly in the logarithm, for each channel
 * @param offset what is added at the far end; drawn evenly, for each channel
 * @param in what {@code offset} is counted in
 */
public record Drift(double chance, Range gain, Range offset, Scale in) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        boolean away = random.nextBoolean();
        double last = Math.max(1, window.length - 1);
        for (int channel = 0; channel < window.channels; channel++) {
            double factor = gain.logarithmic(random);
            double added = offset.even(random) * in.of(window, channel);
            for (int i = 0; i < window.length; i++) {
                double way = away ? i / last : 1 - i / last;
                int k = window.at(channel) + i;
                window.x[k] = (float) (window.x[k] * (1 + (factor - 1) * way) + added * way);
            }
        }
    }

    @Override
    public String phrase() {
        return "gain drifting to " + gain + " and offset to " + offset + " " + in;
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("gain", gain, 1e-3, 1e3)
                .within("offset", offset, -1e9, 1e9)
                .problems();
    }
}
