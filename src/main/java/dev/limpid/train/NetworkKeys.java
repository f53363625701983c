package dev.limpid.train;

import dev.limpid.signal.Kind;
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

    /** What a window is; {@code frame: [channels, height, width]} may say it again. */
    static Optional<Frame> frame(Keys keys, TrainBlock.Target target) {
        Optional<Frame> frame = target.kind() instanceof Kind.Frame of
                ? Optional.of(new Frame(target.channels().size(), of.height(), of.width(), of.frames()))
                : Optional.empty();
        List<Integer> sizes = keys.integers("frame", List.of());
        if (sizes.isEmpty()) {
            return frame;
        }
        if (frame.isEmpty()) {
            keys.problem("frame", "is " + sizes + "; say kind: frame with input.height and input.width instead");
        } else if (!sizes.equals(List.of(
                frame.get().channels(), frame.get().height(), frame.get().width()))) {
            keys.problem("frame", "is " + sizes + ", the pipeline's frames are " + frame.get() + "; remove it");
        }
        return frame;
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
            case UNET_2D, CONV_2D -> ofFrames(kind, patch, activation);
        };
    }

    private List<Integer> denseWidths() {
        int latent = keys.integer("latent", 0);
        return latent == 0
                ? keys.integers("widths", Dense.DEFAULT.widths())
                : Dense.around(keys.integers("widths", Dense.DEFAULT.widths().subList(0, 1)), latent);
    }

    private Network ofFrames(NetworkKind kind, int patch, Activation activation) {
        List<Integer> widths = keys.integers("widths", UNet2d.WIDTHS);
        if (frame.isEmpty()) {
            keys.problem("network", kind + " needs kind: frame");
            return UNet.DEFAULT;
        }
        return kind == NetworkKind.CONV_2D
                ? new Conv2dStack(frame.get(), widths, activation)
                : new UNet2d(frame.get(), widths, patch, activation);
    }
}
