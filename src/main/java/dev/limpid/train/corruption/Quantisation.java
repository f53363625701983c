package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Values rounded to multiples of a step, as a converter of few bits gives them (Widrow and Kollár 2008, "Quantization noise").
 *
 * @param step between two levels; drawn evenly in the logarithm, one for all channels
 * @param in what {@code step} is counted in
 */
public record Quantisation(double chance, Range step, Scale in) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double drawn = step.logarithmic(random);
        for (int channel = 0; channel < window.channels; channel++) {
            double size = drawn * in.of(window, channel);
            for (int i = window.at(channel); i < window.at(channel) + window.length && size > 0; i++) {
                window.x[i] = (float) (Math.rint(window.x[i] / size) * size);
            }
        }
    }

    @Override
    public String phrase() {
        return "rounded to steps of " + step + " " + in;
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("step", step, 1e-9, 1e9).problems();
    }
}
