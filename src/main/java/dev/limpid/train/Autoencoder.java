package dev.limpid.train;

import dev.limpid.signal.Floats;
import dev.limpid.train.Ends.Normalisation;
import dev.limpid.train.Ends.Output;
import java.util.Arrays;
import java.util.List;

/**
 * A whole denoising autoencoder for windows of {@code [channel][time]}: normalisation, network and inverse, from raw
 * physical units to clean physical units.
 *
 * <p>Fixed part of the normalisation: {@code u = (x - centre) / scale} per channel, from the training data. Each window by
 * itself: {@code z = (u - m) / s} with mean {@code m} and standard deviation {@code s} over the window's observed values.
 * The network sees {@code z}, {@code observed}, and as constant channels {@code m / s} and {@code 4 tanh(ln(s)/2)}, so that it can tell
 * an offset that belongs to the signal from one that does not. No window looks at another.
 *
 * @param network its body
 * @param channels the channels' names, in tensor order
 * @param length samples per window
 * @param centre per channel, physical units
 * @param scale per channel, physical units, positive
 * @param scaling the above, or {@link NoiseLevel}, which makes nothing of centre and scale
 * @param ends what stands before and behind the body
 * @param masks complementary masks that a window is cleaned through, see {@link Complementary}; 1: it is seen whole
 */
record Autoencoder(
        Network network,
        List<String> channels,
        int length,
        Floats centre,
        Floats scale,
        Scaling scaling,
        Ends ends,
        int masks) {
    /** Added to a window's variance, in units of the scale squared: a flat window is not blown up beyond a hundredfold. */
    private static final float VARIANCE_FLOOR = 1e-4f;

    private static final float FEATURE_LIMIT = 4f;

    Autoencoder(Network network, List<String> channels, int length, Floats centre, Floats scale) {
        this(network, channels, length, centre, scale, Scaling.DEVIATION, Ends.DEFAULT);
    }

    /** One that sees a window whole. */
    Autoencoder(
            Network network,
            List<String> channels,
            int length,
            Floats centre,
            Floats scale,
            Scaling scaling,
            Ends ends) {
        this(network, channels, length, centre, scale, scaling, ends, 1);
    }

    /** The same through so many masks. */
    Autoencoder through(int count) {
        return new Autoencoder(network, channels, length, centre, scale, scaling, ends, count);
    }

    /**
     * What comes out.
     *
     * @param clean the clean window, {@code [B, channel, time]}
     * @param unit what a residual is divided by before it is compared: σ where that is the scaling, else 1; broadcasts
     */
    record Cleaned<V>(V clean, V unit) {}

    /** {@code x}, {@code observed} {@code [B, channel, time]} to the clean window of the same shape. */
    <V> V clean(Ops<V> ops, V x, V observed) {
        return cleaned(ops, x, observed).clean();
    }

    /** The same with the unit of its residual. */
    <V> Cleaned<V> cleaned(Ops<V> ops, V x, V observed) {
        return switch (scaling) {
            case DEVIATION -> new Cleaned<>(masked(ops, x, observed), unit(ops, x, observed));
            case NOISE_LEVEL -> byNoiseLevel(ops, x, observed);
        };
    }

    /** That unit alone, without a run of the network. */
    <V> V unit(Ops<V> ops, V x, V observed) {
        return switch (scaling) {
            case DEVIATION -> ops.constant("one", new float[] {1}, 1);
            case NOISE_LEVEL -> new NoiseLevel(length).of(ops, x, observed).sigma();
        };
    }

    private <V> Cleaned<V> byNoiseLevel(Ops<V> ops, V x, V observed) {
        NoiseLevel.Normalised<V> window = new NoiseLevel(length).of(ops, x, observed);
        V noise = network.layers(NoiseLevel.FEATURES, channels.size(), length).apply(ops, window.features());
        V signal = ops.mul(ops.sub(window.z(), noise), window.sigma());
        return new Cleaned<>(ops.add(signal, window.centre()), window.sigma());
    }

    private <V> V masked(Ops<V> ops, V x, V observed) {
        return masks == 1
                ? byDeviation(ops, x, observed)
                : new Complementary(masks, channels.size(), length)
                        .clean(ops, x, observed, (shown, seen) -> byDeviation(ops, shown, seen));
    }

    private <V> V byDeviation(Ops<V> ops, V x, V observed) {
        int count = channels.size();
        if (ends.normalisation() == Normalisation.NONE) {
            return finished(ops, network.layers(count, count, length).apply(ops, ops.mul(x, observed)));
        }
        V centres = ops.constant("centre", centre.toArray(), 1, count, 1);
        V scales = ops.constant("scale", scale.toArray(), 1, count, 1);
        V ones = ops.constant("ones", filled(length, 1f), 1, 1, length);

        V u = ops.mul(ops.div(ops.sub(x, centres), scales), observed);
        V seen = ops.clip(ops.sumLast(observed), 1f, length);
        V mean = ops.div(ops.sumLast(u), seen);
        V centred = ops.mul(ops.sub(u, mean), observed);
        V variance = ops.div(ops.sumLast(ops.mul(centred, centred)), seen);
        V deviation = ops.sqrt(ops.add(variance, ops.constant("floor", new float[] {VARIANCE_FLOOR}, 1)));

        V offset = ops.clip(ops.div(mean, deviation), -FEATURE_LIMIT, FEATURE_LIMIT);
        // tanh(ln(s) / 2): ONNX Runtime's Log of a value differs by the value's place in a vector register, so by the
        // batch
        V one = ops.constant("one", new float[] {1}, 1);
        V four = ops.constant("limit", new float[] {FEATURE_LIMIT}, 1);
        V size = ops.mul(four, ops.div(ops.sub(deviation, one), ops.add(deviation, one)));
        V features =
                ops.concat(List.of(ops.div(centred, deviation), observed, ops.mul(offset, ones), ops.mul(size, ones)));
        V y = network.layers(4 * count, count, length).apply(ops, features);
        if (ends.output() == Output.SIGMOID) {
            return finished(ops, y);
        }
        V back = ops.add(ops.mul(y, deviation), mean);
        return ops.add(ops.mul(back, scales), centres);
    }

    private <V> V finished(Ops<V> ops, V y) {
        return ends.output() == Output.SIGMOID ? ops.sigmoid(y) : y;
    }

    /** {@code |x - clean| / (unit · residualScale)} where observed, else 0. */
    <V> V error(Ops<V> ops, V x, V observed, Cleaned<V> cleaned, Floats residualScale) {
        V scales = ops.constant("residual-scale", residualScale.toArray(), 1, channels.size(), 1);
        V residual = ops.abs(ops.sub(x, cleaned.clean()));
        return switch (scaling) {
            case DEVIATION -> ops.mul(ops.div(residual, scales), observed);
            case NOISE_LEVEL -> ops.mul(ops.div(residual, ops.mul(cleaned.unit(), scales)), observed);
        };
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
