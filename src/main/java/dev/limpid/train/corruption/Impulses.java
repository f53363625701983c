package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single samples thrown off by much, up or down: the impulsive part of Bernoulli-Gaussian interference (Ghosh 1996, IEEE
 * Transactions on Communications 44), with a drawn height instead of a Gaussian one.
 *
 * @param rate share of the samples that are struck; drawn evenly in the logarithm
 * @param size how far they are thrown; drawn evenly for each
 * @param in what {@code size} is counted in
 */
public record Impulses(double chance, Range rate, Range size, Scale in) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double share = rate.logarithmic(random);
        for (int channel = 0; channel < window.channels; channel++) {
            double unit = in.of(window, channel);
            for (int i = window.at(channel); i < window.at(channel) + window.length; i++) {
                if (random.nextDouble() < share) {
                    window.x[i] += (float) (unit * size.even(random) * (random.nextBoolean() ? 1 : -1));
                }
            }
        }
    }

    @Override
    public String phrase() {
        return "impulses of " + size + " " + in + " on " + rate + " of the samples";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("rate", rate, 1e-9, 1)
                .within("size", size, 0, 1e9)
                .problems();
    }
}
