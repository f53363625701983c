package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Beside;
import dev.limpid.train.Layer.Conv;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Layer.Up;
import dev.limpid.train.Ops.Init;
import java.util.Optional;

/**
 * What a network over time has at full rate. A first convolution turns {@code patch} samples into one position, where the
 * network itself works; then the input stands beside what came up, and two convolutions finish it.
 *
 * @param patch samples per position, 1 or even
 * @param width channels per position
 */
record Patched(int patch, int width, Activation activation) {
    private static final int HEAD = 8;

    /** Around the network itself, {@code [B, width, T / patch]} to the same. */
    Layer around(Layer body, int features, int channels) {
        Layer inner = Sequence.of(Conv.down("stem", features, width, patch), body, new Up("head", width, HEAD, patch));
        return Sequence.of(
                new Beside(inner),
                Conv.same("last", HEAD + features, 2 * HEAD, 7, Init.KAIMING),
                new Activated(activation),
                Conv.same("out", 2 * HEAD, channels, 7, Init.SMALL));
    }

    /** Why there is no such patch; empty if there is. */
    static Optional<String> unsound(int patch) {
        return patch < 1 || (patch > 1 && patch % 2 == 1)
                ? Optional.of("train.patch is " + patch + ", needs 1 or an even number")
                : Optional.empty();
    }
}
