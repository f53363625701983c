package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Dilated;
import dev.limpid.train.Layer.Residual;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Residual dilated convolutions over tokens (Bai, Kolter and Koltun 2018), one a block, each reaching twice as far as the one before, to both
 * sides. With kernel {@code k} and {@code n} blocks a token sees {@code (k - 1) / 2 · (2^n - 1)} others on each side: 31 with the
 * defaults 3 and 5.
 *
 * @param width channels
 * @param blocks how many
 * @param kernel positions that a convolution looks at, odd
 */
public record TokenTcn(int width, int blocks, int kernel, Activation activation) implements TokenNetwork {
    public static final TokenTcn DEFAULT = new TokenTcn(32, 5, 3, Activation.RELU);

    @Override
    public <V> V apply(TokenOps<V> ops, V embedded, V real, int length) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Dilated("first", width, kernel, 1, Init.KAIMING));
        for (int block = 0; block < blocks; block++) {
            layers.add(new Residual(Sequence.of(
                    new Activated(activation), new Dilated("block" + block, width, kernel, 1 << block, Init.SMALL))));
        }
        layers.add(new Activated(activation));
        return new Sequence(layers).apply(ops, ops.permute(embedded, 0, 2, 1));
    }

    @Override
    public Optional<String> problem() {
        if (width < 1 || width > 4096) {
            return Optional.of("train.width is " + width + ", needs 1 to 4096");
        }
        if (blocks < 1 || blocks > 16) {
            return Optional.of("train.blocks is " + blocks + ", needs 1 to 16");
        }
        return kernel < 1 || kernel % 2 == 0
                ? Optional.of("train.kernel is " + kernel + ", needs an odd number")
                : Optional.empty();
    }

    @Override
    public String form() {
        return "tcn of " + blocks + " blocks, width " + width + ", kernel " + kernel + activation.suffix();
    }
}
