package dev.limpid.train;

import dev.limpid.train.Layer.Beside;
import dev.limpid.train.Layer.Conv;
import dev.limpid.train.Layer.Linear;
import dev.limpid.train.Layer.Relu;
import dev.limpid.train.Layer.Reshape;
import dev.limpid.train.Layer.Residual;
import dev.limpid.train.Layer.Sequence;
import dev.limpid.train.Layer.Up;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of an autoencoder: {@code [B, features, T]} to {@code [B, channels, T]}, both normalised. */
public sealed interface Network {
    /** The layers for so many features, channels and samples. */
    Layer layers(int features, int channels, int length);

    /** Why it cannot be built for windows of {@code length} samples; empty if it can. */
    Optional<String> problem(int length);

    /** Its form, for the model's provenance: {@code unet 24-32-48, patch 4}. */
    String form();

    /** The same form in other sizes. */
    Network with(List<Integer> widths);

    /**
     * A dense autoencoder: the window as one vector, down to a bottleneck and up again, ReLU between.
     *
     * @param widths sizes of the hidden layers, the bottleneck among them
     */
    record Dense(List<Integer> widths) implements Network {
        public static final Dense DEFAULT = new Dense(List.of(256, 64, 256));

        @Override
        public Layer layers(int features, int channels, int length) {
            List<Layer> layers = new ArrayList<>();
            layers.add(new Reshape(List.of(features * length)));
            int in = features * length;
            for (int i = 0; i < widths.size(); i++) {
                layers.add(new Linear("dense" + i, in, widths.get(i)));
                layers.add(new Relu());
                in = widths.get(i);
            }
            layers.add(new Linear("out", in, channels * length));
            layers.add(new Reshape(List.of(channels, length)));
            return new Sequence(layers);
        }

        @Override
        public Optional<String> problem(int length) {
            return widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)
                    ? Optional.of("train.widths is " + widths + ", needs at least one positive size")
                    : Optional.empty();
        }

        @Override
        public String form() {
            return "dense " + join(widths);
        }

        @Override
        public Dense with(List<Integer> other) {
            return new Dense(other);
        }
    }

    /**
     * A one-dimensional convolutional U-Net. A first convolution turns {@code patch} samples into one position; each further
     * level halves the positions; residual blocks on the way down and up; each level's way up is added to what went down. At
     * full rate the input stands beside what came up, and two convolutions finish it.
     *
     * @param widths channels per level, finest first
     * @param patch samples per position of the finest level, 1 or even
     */
    record UNet(List<Integer> widths, int patch) implements Network {
        public static final UNet DEFAULT = new UNet(List.of(32, 48, 64, 96), 4);
        private static final int HEAD = 8;

        @Override
        public Layer layers(int features, int channels, int length) {
            Layer inner = Sequence.of(
                    Conv.down("stem", features, widths.get(0), patch),
                    level(0),
                    new Up("head", widths.get(0), HEAD, patch));
            return Sequence.of(
                    new Beside(inner),
                    Conv.same("last", HEAD + features, 2 * HEAD, 7, Init.KAIMING),
                    new Relu(),
                    Conv.same("out", 2 * HEAD, channels, 7, Init.SMALL));
        }

        private Layer level(int index) {
            int width = widths.get(index);
            if (index == widths.size() - 1) {
                return Sequence.of(block("deep" + index, width), block("deeper" + index, width));
            }
            int below = widths.get(index + 1);
            Layer rung = new Residual(Sequence.of(
                    Conv.down("down" + index, width, below, 2),
                    level(index + 1),
                    new Up("up" + index, below, width, 2)));
            return Sequence.of(block("encode" + index, width), rung, block("decode" + index, width));
        }

        private static Layer block(String name, int width) {
            return new Residual(Sequence.of(
                    new Relu(),
                    Conv.same(name + ".a", width, width, 5, Init.KAIMING),
                    new Relu(),
                    Conv.same(name + ".b", width, width, 5, Init.SMALL)));
        }

        @Override
        public Optional<String> problem(int length) {
            if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
                return Optional.of("train.widths is " + widths + ", needs at least one positive size");
            }
            if (patch < 1 || (patch > 1 && patch % 2 == 1)) {
                return Optional.of("train.patch is " + patch + ", needs 1 or an even number");
            }
            int step = patch << (widths.size() - 1);
            return length % step == 0
                    ? Optional.empty()
                    : Optional.of("window.length is " + length + ", train.network unet with " + widths.size()
                            + " levels and patch " + patch + " needs a multiple of " + step);
        }

        @Override
        public String form() {
            return "unet " + join(widths) + ", patch " + patch;
        }

        @Override
        public UNet with(List<Integer> other) {
            return new UNet(other, patch);
        }
    }

    private static String join(List<Integer> widths) {
        return String.join("-", widths.stream().map(String::valueOf).toList());
    }
}
