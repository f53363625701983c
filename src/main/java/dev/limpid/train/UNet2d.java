package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Beside;
import dev.limpid.train.Layer.Conv2d;
import dev.limpid.train.Layer.Latent;
import dev.limpid.train.Layer.Reshape;
import dev.limpid.train.Layer.Residual;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Layer.Up2d;
import dev.limpid.train.Ops.Init;
import java.util.List;
import java.util.Optional;

/**
 * A two-dimensional convolutional U-Net for frames, built as {@link UNet} is: a square of {@code patch} by {@code patch} pixels is
 * one position of the finest level, each further level halves both axes, and at full resolution the input stands beside what came
 * up.
 *
 * @param frame what a window is
 * @param widths channels per level, finest first
 * @param patch 1 or even
 */
public record UNet2d(Frame frame, List<Integer> widths, int patch, Activation activation) implements Network {
    static final List<Integer> WIDTHS = List.of(32, 64);
    static final int PATCH = 2;
    private static final int HEAD = 8;

    public UNet2d {
        widths = List.copyOf(widths);
    }

    @Override
    public Layer layers(int features, int channels, int length) {
        int width = widths.get(0);
        int planes = features * frame.frames();
        Layer inner =
                Sequence.of(Conv2d.down("stem", planes, width, patch), level(0), new Up2d("head", width, HEAD, patch));
        return Sequence.of(
                new Reshape(List.of(planes, frame.height(), frame.width())),
                new Beside(inner),
                Conv2d.same("last", HEAD + planes, 2 * HEAD, 3, Init.KAIMING),
                new Activated(activation),
                Conv2d.same("out", 2 * HEAD, channels * frame.frames(), 3, Init.SMALL),
                new Reshape(List.of(channels, length)));
    }

    private Layer level(int index) {
        int width = widths.get(index);
        if (index == widths.size() - 1) {
            int step = patch << index;
            return Sequence.of(
                    block("deep" + index, width),
                    block("deeper" + index, width),
                    new Latent(width, frame.pixels() / (step * step)));
        }
        int below = widths.get(index + 1);
        Layer rung = new Residual(Sequence.of(
                Conv2d.down("down" + index, width, below, 2),
                level(index + 1),
                new Up2d("up" + index, below, width, 2)));
        return Sequence.of(block("encode" + index, width), rung, block("decode" + index, width));
    }

    private Layer block(String name, int width) {
        return new Residual(Sequence.of(
                new Activated(activation),
                Conv2d.same(name + ".a", width, width, 3, Init.KAIMING),
                new Activated(activation),
                Conv2d.same(name + ".b", width, width, 3, Init.SMALL)));
    }

    @Override
    public Optional<String> problem(int length) {
        Optional<String> unsound = Network.unsound(widths).or(() -> Patched.unsound(patch));
        if (unsound.isPresent()) {
            return unsound;
        }
        int step = patch << (widths.size() - 1);
        return frame.height() % step == 0 && frame.width() % step == 0
                ? Optional.empty()
                : Optional.of("train.frame is " + frame + ", train.network unet-2d with " + widths.size()
                        + " levels and patch " + patch + " needs height and width to be multiples of " + step);
    }

    @Override
    public String form() {
        return "unet-2d " + Network.join(widths) + ", patch " + patch + activation.suffix();
    }

    @Override
    public UNet2d with(List<Integer> other) {
        return new UNet2d(frame, other, patch, activation);
    }
}
