package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Cleans a window through complementary masks: for each rest that a sample's place may leave when divided by the number of masks, the
 * samples of that rest are hidden in all channels, and of what the network makes of the others only they are kept. Together they are a
 * whole window in which no sample depends on itself: J-invariant by construction (Batson and Royer 2019, section 3).
 *
 * <p>The masked copies stand side by side on the batch axis, so the network runs once.
 */
final class Complementary {
    private final int masks;
    private final int channels;
    private final int length;

    Complementary(int masks, int channels, int length) {
        this.masks = masks;
        this.channels = channels;
        this.length = length;
    }

    /** What cleans windows of which some samples are missing. */
    @FunctionalInterface
    interface Inner<V> {
        V clean(V x, V observed);
    }

    /** {@code x}, {@code observed} {@code [B, channel, time]} to the clean window of the same shape. */
    <V> V clean(Ops<V> ops, V x, V observed, Inner<V> inner) {
        List<V> shown = new ArrayList<>();
        List<V> seen = new ArrayList<>();
        for (int rest = 0; rest < masks; rest++) {
            V others = places(ops, rest, false);
            shown.add(ops.mul(x, others));
            seen.add(ops.mul(observed, others));
        }
        V clean = inner.clean(
                ops.reshape(ops.concat(shown), channels, length), ops.reshape(ops.concat(seen), channels, length));
        V side = ops.reshape(clean, masks * channels * length);
        V whole = kept(ops, side, 0);
        for (int rest = 1; rest < masks; rest++) {
            whole = ops.add(whole, kept(ops, side, rest));
        }
        return whole;
    }

    private <V> V kept(Ops<V> ops, V side, int rest) {
        int size = channels * length;
        V part = ops.reshape(ops.slice(side, rest * size, (rest + 1) * size), channels, length);
        return ops.mul(part, places(ops, rest, true));
    }

    /** 1 at the places of that rest, 0 elsewhere; or the other way round. */
    private <V> V places(Ops<V> ops, int rest, boolean of) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (i % masks == rest) == of ? 1 : 0;
        }
        return ops.constant((of ? "kept" : "others") + rest, values, 1, 1, length);
    }
}
