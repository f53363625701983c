package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Conv;
import dev.limpid.train.Layer.Residual;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Layer.Up;
import dev.limpid.train.Ops.Init;
import java.util.List;
import java.util.Optional;

/**
 * A one-dimensional convolutional U-Net. A first convolution turns {@code patch} samples into one position; each further
 * level halves the positions; residual blocks on the way down and up; each level's way up is added to what went down. At
 * full rate the input stands beside what came up, and two convolutions finish it.
 *
 * @param widths channels per level, finest first
 * @param patch samples per position of the finest level, 1 or even
 */
public record UNet(List<Integer> widths, int patch, Activation activation) implements Network {
    public static final UNet DEFAULT = new UNet(List.of(32, 48, 64, 96), 4);

    public UNet {
        widths = List.copyOf(widths);
    }

    public UNet(List<Integer> widths, int patch) {
        this(widths, patch, Activation.RELU);
    }

    @Override
    public Layer layers(int features, int channels, int length) {
        return new Patched(patch, widths.get(0), activation).around(level(0), features, channels);
    }

    private Layer level(int index) {
        int width = widths.get(index);
        if (index == widths.size() - 1) {
            return Sequence.of(block("deep" + index, width), block("deeper" + index, width));
        }
        int below = widths.get(index + 1);
        Layer rung = new Residual(Sequence.of(
                Conv.down("down" + index, width, below, 2), level(index + 1), new Up("up" + index, below, width, 2)));
        return Sequence.of(block("encode" + index, width), rung, block("decode" + index, width));
    }

    private Layer block(String name, int width) {
        return new Residual(Sequence.of(
                new Activated(activation),
                Conv.same(name + ".a", width, width, 5, Init.KAIMING),
                new Activated(activation),
                Conv.same(name + ".b", width, width, 5, Init.SMALL)));
    }

    @Override
    public Optional<String> problem(int length) {
        Optional<String> unsound = Network.unsound(widths).or(() -> Patched.unsound(patch));
        if (unsound.isPresent()) {
            return unsound;
        }
        int step = patch << (widths.size() - 1);
        return length % step == 0
                ? Optional.empty()
                : Optional.of("window.length is " + length + ", train.network unet with " + widths.size()
                        + " levels and patch " + patch + " needs a multiple of " + step);
    }

    @Override
    public String form() {
        return "unet " + Network.join(widths) + ", patch " + patch + activation.suffix();
    }

    @Override
    public UNet with(List<Integer> other) {
        return new UNet(other, patch, activation);
    }
}
