package dev.limpid.train;

import dev.limpid.train.Layer.Activated;
import dev.limpid.train.Layer.Latent;
import dev.limpid.train.Layer.Linear;
import dev.limpid.train.Layer.Reshape;
import dev.limpid.train.Layer.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A dense autoencoder: the window as one vector, down to a bottleneck and up again.
 *
 * @param widths sizes of the hidden layers, the bottleneck among them
 * @param activation behind each of them
 */
public record Dense(List<Integer> widths, Activation activation) implements Network {
    public static final Dense DEFAULT = new Dense(List.of(256, 64, 256));

    public Dense {
        widths = List.copyOf(widths);
    }

    public Dense(List<Integer> widths) {
        this(widths, Activation.RELU);
    }

    /** The same sizes in and out: {@code [512]} around a latent of 64 is 512-64-512. */
    static List<Integer> around(List<Integer> outer, int latent) {
        List<Integer> widths = new ArrayList<>(outer);
        Collections.reverse(widths);
        widths.add(0, latent);
        widths.addAll(0, outer);
        return widths;
    }

    @Override
    public Layer layers(int features, int channels, int length) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Reshape(List.of(features * length)));
        int in = features * length;
        int bottleneck = widths.indexOf(Collections.min(widths));
        for (int i = 0; i < widths.size(); i++) {
            layers.add(new Linear("dense" + i, in, widths.get(i)));
            layers.add(new Activated(activation));
            in = widths.get(i);
            if (i == bottleneck) {
                layers.add(new Latent(in, 1));
            }
        }
        layers.add(new Linear("out", in, channels * length));
        layers.add(new Reshape(List.of(channels, length)));
        return new Sequence(layers);
    }

    @Override
    public Optional<String> problem(int length) {
        return Network.unsound(widths);
    }

    @Override
    public String form() {
        return "dense " + Network.join(widths) + activation.suffix();
    }

    @Override
    public Dense with(List<Integer> other) {
        return new Dense(other, activation);
    }
}
