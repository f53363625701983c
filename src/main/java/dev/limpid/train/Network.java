package dev.limpid.train;

import java.util.List;
import java.util.Optional;

/** The body of an autoencoder: {@code [B, features, T]} to {@code [B, channels, T]}, both normalised. */
public sealed interface Network permits Dense, UNet, Tcn, UNet2d, Conv2dStack {
    /** The layers for so many features, channels and samples. */
    Layer layers(int features, int channels, int length);

    /** Why it cannot be built for windows of {@code length} samples; empty if it can. */
    Optional<String> problem(int length);

    /** Its form, for the model's provenance: {@code unet 24-32-48, patch 4}. */
    String form();

    /** The same form in other sizes. */
    Network with(List<Integer> widths);

    /** {@code 24-32-48}. */
    static String join(List<Integer> widths) {
        return String.join("-", widths.stream().map(String::valueOf).toList());
    }

    /** Why these cannot be sizes; empty if they can. */
    static Optional<String> unsound(List<Integer> widths) {
        return widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)
                ? Optional.of("train.widths is " + widths + ", needs at least one positive size")
                : Optional.empty();
    }
}
