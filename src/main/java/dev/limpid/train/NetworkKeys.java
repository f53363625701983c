package dev.limpid.train;

import java.util.List;
import java.util.Optional;

/** The keys of a {@code train} block that say what network it is, each kind with its own. */
final class NetworkKeys {
    private final Keys keys;
    private final Optional<Frame> frame;

    /** @param frame what a window is, if it is a frame */
    NetworkKeys(Keys keys, Optional<Frame> frame) {
        this.keys = keys;
        this.frame = frame;
    }

    /** {@code frame: [channels, height, width]}. */
    static Optional<Frame> frame(Keys keys) {
        List<Integer> sizes = keys.integers("frame", List.of());
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        if (sizes.size() != 3) {
            keys.problem("frame", "is " + sizes + ", needs channels, height and width, as in [1, 28, 28]");
            return Optional.empty();
        }
        return Optional.of(new Frame(sizes.get(0), sizes.get(1), sizes.get(2)));
    }

    Network read() {
        NetworkKind kind = keys.choice("network", NetworkKind.UNET);
        Activation activation = keys.choice("activation", Activation.RELU);
        // a definition keeps its patch when an environment variable asks for another kind
        int patch = keys.integer("patch", kind == NetworkKind.UNET_2D ? UNet2d.PATCH : UNet.DEFAULT.patch());
        return switch (kind) {
            case UNET -> new UNet(keys.integers("widths", UNet.DEFAULT.widths()), patch, activation);
            case DENSE -> new Dense(denseWidths(), activation);
            case TCN ->
                new Tcn(
                        keys.integers("widths", Tcn.DEFAULT.widths()),
                        keys.integer("kernel", Tcn.DEFAULT.kernel()),
                        patch,
                        activation);
            case UNET_2D -> unet2d(patch, activation);
        };
    }

    private List<Integer> denseWidths() {
        int latent = keys.integer("latent", 0);
        return latent == 0
                ? keys.integers("widths", Dense.DEFAULT.widths())
                : Dense.around(keys.integers("widths", Dense.DEFAULT.widths().subList(0, 1)), latent);
    }

    private Network unet2d(int patch, Activation activation) {
        List<Integer> widths = keys.integers("widths", UNet2d.WIDTHS);
        if (frame.isEmpty()) {
            keys.problem("network", "unet-2d needs train.frame: [channels, height, width]");
            return UNet.DEFAULT;
        }
        return new UNet2d(frame.get(), widths, patch, activation);
    }
}
