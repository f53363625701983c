package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The mains and their harmonics, in phase in all channels, each channel as loud as drawn (Huhta and Webster 1973, "60-Hz
 * interference in electrocardiography", IEEE Transactions on Biomedical Engineering 20).
 *
 * @param amplitude root mean square of the fundamental; drawn evenly in the logarithm, for each channel
 * @param in what {@code amplitude} is counted in
 * @param hz of the fundamental; drawn evenly
 * @param harmonics the fundamental and those above it; the k-th is drawn between nothing and 1/k of the fundamental, and left
 *     out from half the sample rate on
 */
public record Hum(double chance, Range amplitude, Scale in, Range hz, int harmonics, double sampleRateHz)
        implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double turn = 2 * Math.PI * hz.even(random) / sampleRateHz;
        double[] shares = new double[harmonics];
        double[] phases = new double[harmonics];
        for (int k = 0; k < harmonics; k++) {
            shares[k] = k == 0 ? 1 : random.nextDouble() / (k + 1);
            phases[k] = 2 * Math.PI * random.nextDouble();
        }
        for (int channel = 0; channel < window.channels; channel++) {
            double peak = Math.sqrt(2) * amplitude.logarithmic(random) * in.of(window, channel);
            for (int k = 0; k < harmonics && turn * (k + 1) < Math.PI; k++) {
                for (int i = 0; i < window.length; i++) {
                    window.x[window.at(channel) + i] +=
                            (float) (peak * shares[k] * Math.sin(turn * (k + 1) * i + phases[k]));
                }
            }
        }
    }

    @Override
    public String phrase() {
        return "hum of " + amplitude + " " + in + " at " + hz + " Hz with " + harmonics + " harmonics";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("amplitude", amplitude, 1e-9, 1e9)
                .within("harmonics", Range.of(harmonics), 1, 100)
                .rate("hz", hz, sampleRateHz)
                .problems();
    }
}
