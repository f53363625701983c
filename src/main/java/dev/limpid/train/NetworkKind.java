package dev.limpid.train;

import java.util.Optional;

/** The words for the kinds of {@link Network}. */
public enum NetworkKind {
    UNET,
    DENSE,
    TCN,
    UNET_2D,
    CONV_2D;

    /** One in its default size; empty if it is for frames, and there is none. */
    public Optional<Network> standard(Optional<Frame> frame) {
        return switch (this) {
            case UNET -> Optional.of(UNet.DEFAULT);
            case DENSE -> Optional.of(Dense.DEFAULT);
            case TCN -> Optional.of(Tcn.DEFAULT);
            case UNET_2D -> frame.map(of -> new UNet2d(of, UNet2d.WIDTHS, UNet2d.PATCH, Activation.RELU));
            case CONV_2D -> frame.map(of -> new Conv2dStack(of, Conv2dStack.WIDTHS, Activation.RELU));
        };
    }

    /** As in a definition: {@code unet-2d}. */
    @Override
    public String toString() {
        return Keys.word(this);
    }
}
