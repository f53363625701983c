package dev.limpid.train;

import java.util.List;

/**
 * The level of noise in windows of a source that is known, each channel by itself, {@code [B, channel, 1]}, in units of the training
 * data's scale: σ by the window's {@link Roughness}, so that of white noise. Nobody tells it when a model serves, so it is estimated
 * in training as well, from the spoilt window alone.
 *
 * @param sigma at least a 64th of {@code deviation}: no window is so clean
 * @param deviation of the window, noise and all
 * @param colour see {@link Roughness#colour}
 */
record Level<V>(V sigma, V deviation, V colour) {
    /** Where the feature is 0: a quarter of the deviation, 12 dB. */
    private static final float MIDDLE = 0.25f;

    /** Of {@code x}, {@code observed} {@code [B, channel, T]} in that unit; {@code length}: T. */
    static <V> Level<V> of(Ops<V> ops, V x, V observed, int length) {
        V seen = ops.clip(ops.sumLast(observed), 1f, length);
        V mean = ops.div(ops.sumLast(ops.mul(x, observed)), seen);
        V centred = ops.mul(ops.sub(x, mean), observed);
        V variance = ops.div(ops.sumLast(ops.mul(centred, centred)), seen);
        V square = ops.add(variance, Roughness.number(ops, Pass.VARIANCE_FLOOR));
        Roughness<V> rough = Roughness.of(ops, centred, observed, length);
        V least = ops.mul(square, Roughness.number(ops, NoiseLevel.LEAST_SHARE * NoiseLevel.LEAST_SHARE));
        V sigma = ops.sqrt(ops.add(ops.mul(rough.first(), rough.first()), least));
        return new Level<>(sigma, ops.sqrt(square), rough.colour(ops, sigma));
    }

    /**
     * What a network is told, two features per channel, {@code [B, channel, T]} each.
     *
     * @param unit what it sees values in
     * @param ones {@code [1, 1, T]}
     */
    List<V> features(Ops<V> ops, V unit, V ones) {
        V middle = ops.mul(unit, Roughness.number(ops, MIDDLE));
        // tanh(ln(σ / middle) / 2), as Ops has no Log
        V level = ops.mul(ops.div(ops.sub(sigma, middle), ops.add(sigma, middle)), Roughness.number(ops, 2));
        return List.of(ops.mul(level, ones), ops.mul(colour, ones));
    }
}
