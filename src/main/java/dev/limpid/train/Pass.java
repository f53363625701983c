package dev.limpid.train;

import dev.limpid.train.Ends.Normalisation;
import dev.limpid.train.Ends.Output;
import dev.limpid.train.Levels.Condition;
import dev.limpid.train.Levels.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One run of an autoencoder's network over windows {@code [B, channel, time]}, from raw physical units to clean ones: normalisation,
 * features, network, and back. {@link Autoencoder} says what the normalisation is.
 */
record Pass(Autoencoder of) {
    /** Added to a window's variance, in units of the scale squared: a flat window is not blown up beyond a hundredfold. */
    static final float VARIANCE_FLOOR = 1e-4f;

    private static final float FEATURE_LIMIT = 4f;

    <V> V clean(Ops<V> ops, V x, V observed) {
        return of.ends().normalisation() == Normalisation.NONE ? raw(ops, x, observed) : normalised(ops, x, observed);
    }

    /** The level of noise of a window, in units of the scale. */
    <V> Level<V> level(Ops<V> ops, V x, V observed) {
        return Level.of(ops, ops.div(ops.sub(x, centres(ops)), scales(ops)), observed, of.length());
    }

    private <V> V raw(Ops<V> ops, V x, V observed) {
        V seen = ops.mul(x, observed);
        Optional<Level<V>> level = told(ops, x, observed);
        List<V> features = new ArrayList<>(List.of(seen));
        // raw values: their unit is the data's, so is the level's
        level.ifPresent(is -> features.addAll(is.features(ops, Roughness.number(ops, 1), ones(ops))));
        V y = network(ops, features);
        return of.levels().predict() == Prediction.CLEAN
                ? finished(ops, y)
                : less(ops, seen, y, observed, level.map(is -> ops.mul(is.sigma(), scales(ops))));
    }

    private <V> V normalised(Ops<V> ops, V x, V observed) {
        V centres = centres(ops);
        V scales = scales(ops);
        V ones = ones(ops);

        V u = ops.mul(ops.div(ops.sub(x, centres), scales), observed);
        V seen = ops.clip(ops.sumLast(observed), 1f, of.length());
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
        V z = ops.div(centred, deviation);
        List<V> features = new ArrayList<>(List.of(z, observed, ops.mul(offset, ones), ops.mul(size, ones)));
        Optional<Level<V>> level = told(ops, x, observed);
        level.ifPresent(is -> features.addAll(is.features(ops, deviation, ones)));
        V y = network(ops, features);
        if (of.ends().output() == Output.SIGMOID) {
            return finished(ops, y);
        }
        V clean = of.levels().predict() == Prediction.CLEAN
                ? y
                : less(ops, z, y, observed, level.map(is -> ops.div(is.sigma(), deviation)));
        V back = ops.add(ops.mul(clean, deviation), mean);
        return ops.add(ops.mul(back, scales), centres);
    }

    /** The level, if the network is told it. */
    private <V> Optional<Level<V>> told(Ops<V> ops, V x, V observed) {
        return of.levels().condition() == Condition.NOISE_LEVEL
                ? Optional.of(level(ops, x, observed))
                : Optional.empty();
    }

    /** @param features of so many values each as there are channels */
    private <V> V network(Ops<V> ops, List<V> features) {
        int count = of.channels().size();
        V all = features.size() == 1 ? features.get(0) : ops.concat(features);
        return of.network().layers(features.size() * count, count, of.length()).apply(ops, all);
    }

    /** The window, 0 where missing, less the noise {@code y} in units of {@code unit}; {@code y} itself where missing. */
    private static <V> V less(Ops<V> ops, V window, V y, V observed, Optional<V> unit) {
        V hidden = ops.sub(Roughness.number(ops, 1), observed);
        V noise = unit.isPresent() ? ops.mul(observed, unit.get()) : observed;
        return ops.add(window, ops.mul(y, ops.sub(hidden, noise)));
    }

    private <V> V finished(Ops<V> ops, V y) {
        return of.ends().output() == Output.SIGMOID ? ops.sigmoid(y) : y;
    }

    private <V> V centres(Ops<V> ops) {
        return ops.constant("centre", of.centre().toArray(), 1, of.channels().size(), 1);
    }

    private <V> V scales(Ops<V> ops) {
        return ops.constant("scale", of.scale().toArray(), 1, of.channels().size(), 1);
    }

    private <V> V ones(Ops<V> ops) {
        float[] values = new float[of.length()];
        Arrays.fill(values, 1f);
        return ops.constant("ones", values, 1, 1, of.length());
    }
}
