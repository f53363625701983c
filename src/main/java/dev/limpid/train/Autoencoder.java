package dev.limpid.train;

import dev.limpid.signal.Floats;
import dev.limpid.train.Levels.ErrorUnit;
import java.util.List;

/**
 * A whole denoising autoencoder for windows of {@code [channel][time]}: normalisation, network and inverse, from raw
 * physical units to clean physical units.
 *
 * <p>Fixed part of the normalisation: {@code u = (x - centre) / scale} per channel, from the training data. Each window by
 * itself: {@code z = (u - m) / s} with mean {@code m} and standard deviation {@code s} over the window's observed values.
 * The network sees {@code z}, {@code observed}, and as constant channels {@code m / s} and {@code 4 tanh(ln(s)/2)}, so that it can tell
 * an offset that belongs to the signal from one that does not; and its {@link Level}, if it is told that. No window looks at another.
 *
 * @param network its body
 * @param channels the channels' names, in tensor order
 * @param length samples per window
 * @param centre per channel, physical units
 * @param scale per channel, physical units, positive
 * @param scaling the above, or {@link NoiseLevel}, which makes nothing of centre and scale
 * @param ends what stands before and behind the body
 * @param masks complementary masks that a window is cleaned through, see {@link Complementary}; 1: it is seen whole
 * @param levels what it makes of levels of noise
 */
record Autoencoder(
        Network network,
        List<String> channels,
        int length,
        Floats centre,
        Floats scale,
        Scaling scaling,
        Ends ends,
        int masks,
        Levels levels) {
    Autoencoder(Network network, List<String> channels, int length, Floats centre, Floats scale) {
        this(network, channels, length, centre, scale, Scaling.DEVIATION, Ends.DEFAULT);
    }

    /** One that sees a window whole and makes nothing of levels of noise. */
    Autoencoder(
            Network network,
            List<String> channels,
            int length,
            Floats centre,
            Floats scale,
            Scaling scaling,
            Ends ends) {
        this(network, channels, length, centre, scale, scaling, ends, 1, Levels.DEFAULT);
    }

    /** The same through so many masks. */
    Autoencoder through(int count) {
        return new Autoencoder(network, channels, length, centre, scale, scaling, ends, count, levels);
    }

    /** The same with other levels. */
    Autoencoder with(Levels other) {
        return new Autoencoder(network, channels, length, centre, scale, scaling, ends, masks, other);
    }

    /** The same with another scaling. */
    Autoencoder with(Scaling other) {
        return new Autoencoder(network, channels, length, centre, scale, other, ends, masks, levels);
    }

    /**
     * What comes out.
     *
     * @param clean the clean window, {@code [B, channel, time]}
     * @param expected the same before it was refined: the expected window, given the noisy one
     * @param unit what a residual is divided by before it is compared, physical or 1; broadcasts
     */
    record Cleaned<V>(V clean, V expected, V unit) {}

    /** {@code x}, {@code observed} {@code [B, channel, time]} to the clean window of the same shape. */
    <V> V clean(Ops<V> ops, V x, V observed) {
        return cleaned(ops, x, observed).clean();
    }

    /**
     * The same with the unit of its residual.
     *
     * <p>With {@code refine} above 1 the noise is taken away in so many equal parts: after step k of K the window holds the share
     * {@code 1 - k / K} of what the step before took for noise, and the next step sees it at that lower level. No chance is in it: the
     * deterministic sampler of Song, Meng and Ermon (2021, DDIM) with evenly falling levels, which is the iteration of Delbracio and Milanfar
     * (2023, TMLR). The weights are the same in every step.
     */
    <V> Cleaned<V> cleaned(Ops<V> ops, V x, V observed) {
        if (scaling != Scaling.DEVIATION) {
            return byNoiseLevel(ops, x, observed);
        }
        V expected = masked(ops, x, observed);
        V clean = expected;
        V window = x;
        for (int left = levels.refine() - 1; left > 0; left--) {
            V share = ops.constant("share" + left, new float[] {left / (left + 1f)}, 1);
            window = ops.add(clean, ops.mul(ops.sub(window, clean), share));
            clean = masked(ops, window, observed);
        }
        return new Cleaned<>(clean, expected, unit(ops, x, observed));
    }

    /** That unit alone, without a run of the network. */
    <V> V unit(Ops<V> ops, V x, V observed) {
        return inUnitsOfNoise() ? sigma(ops, x, observed) : ops.constant("one", new float[] {1}, 1);
    }

    private boolean inUnitsOfNoise() {
        return scaling != Scaling.DEVIATION || levels.error() == ErrorUnit.TWEEDIE;
    }

    /** Standard deviation of the noise in each window and channel, physical units, {@code [B, channel, 1]}. */
    private <V> V sigma(Ops<V> ops, V x, V observed) {
        return switch (scaling) {
            case DEVIATION -> {
                V scales = ops.constant("scale", scale.toArray(), 1, channels.size(), 1);
                yield ops.mul(new Pass(this).level(ops, x, observed).sigma(), scales);
            }
            case NOISE_LEVEL, NOISE_LEVEL_OF_BOTH_SIGNS ->
                new NoiseLevel(length).of(ops, x, observed).sigma();
        };
    }

    private <V> Cleaned<V> byNoiseLevel(Ops<V> ops, V x, V observed) {
        NoiseLevel.Normalised<V> window = new NoiseLevel(length).of(ops, x, observed);
        Layer body = network.layers(NoiseLevel.FEATURES, channels.size(), length);
        V noise = body.apply(ops, window.features());
        if (scaling == Scaling.NOISE_LEVEL_OF_BOTH_SIGNS) {
            V turned = body.apply(ops, NoiseLevel.negative(ops, window.features()));
            noise = ops.mul(ops.sub(noise, turned), ops.constant("half", new float[] {0.5f}, 1));
        }
        V signal = ops.mul(ops.sub(window.z(), noise), window.sigma());
        V clean = ops.add(signal, window.centre());
        return new Cleaned<>(clean, clean, window.sigma());
    }

    private <V> V masked(Ops<V> ops, V x, V observed) {
        Pass pass = new Pass(this);
        return masks == 1
                ? pass.clean(ops, x, observed)
                : new Complementary(masks, channels.size(), length)
                        .clean(ops, x, observed, (shown, seen) -> pass.clean(ops, shown, seen));
    }

    /** {@code |x - clean| / (unit · residualScale)} where observed, else 0. */
    <V> V error(Ops<V> ops, V x, V observed, Cleaned<V> cleaned, Floats residualScale) {
        V scales = ops.constant("residual-scale", residualScale.toArray(), 1, channels.size(), 1);
        V residual = ops.abs(ops.sub(x, cleaned.clean()));
        return inUnitsOfNoise()
                ? ops.mul(ops.div(residual, ops.mul(cleaned.unit(), scales)), observed)
                : ops.mul(ops.div(residual, scales), observed);
    }

    /**
     * Tweedie's score {@code (x̂ - x) / σ²} where observed, else 0, in one over physical units: the slope of the logarithm of the density of
     * noisy windows, if the noise is normally distributed and white (Efron 2011; Alain and Bengio 2014).
     */
    <V> V tweedie(Ops<V> ops, V x, V observed, Cleaned<V> cleaned) {
        V sigma = inUnitsOfNoise() ? cleaned.unit() : sigma(ops, x, observed);
        return ops.mul(ops.div(ops.sub(cleaned.expected(), x), ops.mul(sigma, sigma)), observed);
    }
}
