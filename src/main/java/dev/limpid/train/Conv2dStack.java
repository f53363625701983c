package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Conv2d;
import dev.limpid.train.Layer.Latent;
import dev.limpid.train.Layer.Pool2d;
import dev.limpid.train.Layer.Reshape;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Layer.Up2d;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The textbook's convolutional autoencoder for frames: convolutions of 3 by 3, each followed by max pooling over 2 by 2, and transposed
 * convolutions back (Masci et al. 2011, "Stacked convolutional auto-encoders"). Nothing goes past the bottleneck.
 *
 * @param frame what a window is
 * @param widths channels of the convolutions, in order
 */
public record Conv2dStack(Frame frame, List<Integer> widths, Activation activation) implements Network {
    static final List<Integer> WIDTHS = List.of(32, 64);

    public Conv2dStack {
        widths = List.copyOf(widths);
    }

    @Override
    public Layer layers(int features, int channels, int length) {
        int planes = features * frame.frames();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Reshape(List.of(planes, frame.height(), frame.width())));
        int in = planes;
        for (int i = 0; i < widths.size(); i++) {
            layers.add(Conv2d.same("encode" + i, in, widths.get(i), 3, Init.KAIMING));
            layers.add(new Activated(activation));
            layers.add(new Pool2d(2));
            in = widths.get(i);
        }
        layers.add(new Latent(in, frame.pixels() >> (2 * widths.size())));
        for (int i = widths.size() - 1; i >= 0; i--) {
            layers.add(new Up2d("decode" + i, in, widths.get(i), 2));
            layers.add(new Activated(activation));
            in = widths.get(i);
        }
        layers.add(Conv2d.same("out", in, channels * frame.frames(), 3, Init.KAIMING));
        layers.add(new Reshape(List.of(channels, length)));
        return new Sequence(layers);
    }

    @Override
    public Optional<String> problem(int length) {
        int step = 1 << widths.size();
        return Network.unsound(widths)
                .or(() -> frame.height() % step == 0 && frame.width() % step == 0
                        ? Optional.empty()
                        : Optional.of("train.frame is " + frame + ", train.network conv-2d with " + widths.size()
                                + " levels needs height and width to be multiples of " + step));
    }

    @Override
    public String form() {
        return "conv-2d " + Network.join(widths) + activation.suffix();
    }

    @Override
    public Conv2dStack with(List<Integer> other) {
        return new Conv2dStack(frame, other, activation);
    }
}
