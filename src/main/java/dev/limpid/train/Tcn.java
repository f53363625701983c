package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Conv;
import dev.limpid.train.Layer.Dilated;
import dev.limpid.train.Layer.Residual;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A temporal convolutional network (Bai, Kolter and Koltun 2018): residual blocks of two convolutions over time, whose kernels
 * reach twice as far from block to block, while the rate stays as it is. Other than there a block sees both sides of a sample,
 * for a window is there as a whole; and, as in {@link UNet}, {@code patch} samples are one position.
 *
 * <p>With kernel {@code k}, {@code n} blocks see {@code 1 + 2 (k - 1) (2^n - 1)} positions: 505 with the defaults 5 and 6.
 *
 * @param widths channels of each block
 * @param kernel positions that a convolution looks at, odd
 * @param patch samples per position, 1 or even
 */
public record Tcn(List<Integer> widths, int kernel, int patch, Activation activation) implements Network {
    public static final Tcn DEFAULT = new Tcn(List.of(32, 32, 32, 32, 32, 32), 5, 4, Activation.RELU);
    private static final int MOST_BLOCKS = 16;

    public Tcn {
        widths = List.copyOf(widths);
    }

    @Override
    public Layer layers(int features, int channels, int length) {
        List<Layer> blocks = new ArrayList<>();
        int in = widths.get(0);
        for (int i = 0; i < widths.size(); i++) {
            int width = widths.get(i);
            if (width != in) {
                blocks.add(Conv.same("widen" + i, in, width, 1, Init.KAIMING));
            }
            blocks.add(block("block" + i, width, 1 << i));
            in = width;
        }
        if (in != widths.get(0)) {
            blocks.add(Conv.same("narrow", in, widths.get(0), 1, Init.KAIMING));
        }
        return new Patched(patch, widths.get(0), activation).around(new Sequence(blocks), features, channels);
    }

    private Layer block(String name, int width, int dilation) {
        return new Residual(Sequence.of(
                new Activated(activation),
                new Dilated(name + ".a", width, kernel, dilation, Init.KAIMING),
                new Activated(activation),
                new Dilated(name + ".b", width, kernel, dilation, Init.SMALL)));
    }

    @Override
    public Optional<String> problem(int length) {
        Optional<String> unsound = Network.unsound(widths).or(() -> Patched.unsound(patch));
        if (unsound.isPresent()) {
            return unsound;
        }
        if (widths.size() > MOST_BLOCKS) {
            return Optional.of("train.widths has " + widths.size() + " blocks, needs at most " + MOST_BLOCKS);
        }
        if (kernel < 1 || kernel % 2 == 0) {
            return Optional.of("train.kernel is " + kernel + ", needs an odd number");
        }
        return length % patch == 0
                ? Optional.empty()
                : Optional.of("window.length is " + length + ", train.network tcn with patch " + patch
                        + " needs a multiple of it");
    }

    @Override
    public String form() {
        return "tcn " + Network.join(widths) + ", kernel " + kernel + ", patch " + patch + activation.suffix();
    }

    @Override
    public Tcn with(List<Integer> other) {
        return new Tcn(other, kernel, patch, activation);
    }
}
