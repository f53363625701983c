package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A slow baseline: three sinusoids of drawn frequency and phase, as breathing and movement move an electrode (Sörnmo and
 * Laguna 2005, "Bioelectrical signal processing", chapter 7: below 0.5 Hz).
 *
 * @param amplitude root mean square of their sum over a long time; drawn evenly, for each channel
 * @param in what {@code amplitude} is counted in
 * @param hz of each sinusoid; drawn evenly in the logarithm
 */
public record Wander(double chance, Range amplitude, Scale in, Range hz, double sampleRateHz) implements Disturbance {
    private static final int PARTS = 3;

    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        for (int channel = 0; channel < window.channels; channel++) {
            // a sine of amplitude a has the mean square a²/2
            double peak = amplitude.even(random) * in.of(window, channel) * Math.sqrt(2.0 / PARTS);
            for (int part = 0; part < PARTS; part++) {
                double turn = 2 * Math.PI * hz.logarithmic(random) / sampleRateHz;
                double phase = 2 * Math.PI * random.nextDouble();
                for (int i = 0; i < window.length; i++) {
                    window.x[window.at(channel) + i] += (float) (peak * Math.sin(turn * i + phase));
                }
            }
        }
    }

    @Override
    public String phrase() {
        return "baseline wander of " + amplitude + " " + in + " at " + hz + " Hz";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("amplitude", amplitude, 0, 1e9)
                .rate("hz", hz, sampleRateHz)
                .problems();
    }
}
