package dev.limpid.train.corruption;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * White noise added to every sample: the isotropic corruption of Vincent et al. (2010), "Stacked denoising autoencoders", JMLR 11.
 *
 * @param sigma its standard deviation; drawn evenly in the logarithm, one for all channels
 * @param in what {@code sigma} is counted in
 * @param clip the physical values that cannot be left, as a picture's 0 to 1; empty: none
 */
public record Gaussian(double chance, Range sigma, Scale in, Optional<Range> clip) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double drawn = sigma.logarithmic(random);
        for (int channel = 0; channel < window.channels; channel++) {
            double deviation = drawn * in.of(window, channel);
            for (int i = window.at(channel); i < window.at(channel) + window.length; i++) {
                window.x[i] += (float) (deviation * random.nextGaussian());
            }
        }
        clip.ifPresent(limits -> clip(window.x, (float) limits.low(), (float) limits.high()));
    }

    private static void clip(float[] values, float low, float high) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(high, Math.max(low, values[i]));
        }
    }

    @Override
    public String phrase() {
        return "gaussian of " + sigma + " " + in
                + clip.map(limits -> ", clipped to " + limits).orElse("");
    }

    @Override
    public List<String> problems() {
        Limits limits = Limits.of(chance).within("sigma", sigma, 1e-9, 1e9);
        clip.ifPresent(range -> limits.within("clip", range, -1e30, 1e30));
        return limits.problems();
    }
}
