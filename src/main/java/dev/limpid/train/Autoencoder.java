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
 * @param ends what stands before and behind the body
 */
record Autoencoder(Network network, List<String> channels, int length, Floats centre, Floats scale, Ends ends) {
    Autoencoder(Network network, List<String> channels, int length, Floats centre, Floats scale) {
        this(network, channels, length, centre, scale, Ends.DEFAULT);
    }

    /** Added to a window's variance, in units of the scale squared: a flat window is not blown up beyond a hundredfold. */
    private static final float VARIANCE_FLOOR = 1e-4f;

    private static final float FEATURE_LIMIT = 4f;

    /** {@code x}, {@code observed} {@code [B, channel, time]} to the clean window of the same shape. */
    <V> V clean(Ops<V> ops, V x, V observed) {
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

    /** {@code |x - clean| / residualScale} where observed, else 0. */
    <V> V error(Ops<V> ops, V x, V observed, V clean, Floats residualScale) {
        V scales = ops.constant("residual-scale", residualScale.toArray(), 1, channels.size(), 1);
        return ops.mul(ops.div(ops.abs(ops.sub(x, clean)), scales), observed);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
