package dev.limpid.train;

/**
 * What stands before and behind an autoencoder's network.
 *
 * @param normalisation before it, and undone behind it
 * @param output behind it
 * @param embedding whether the model gives the window's latent vector, too
 */
public record Ends(Normalisation normalisation, Output output, boolean embedding) {
    public static final Ends DEFAULT = new Ends(Normalisation.WINDOW, Output.LINEAR);

    /** Without the latent vector. */
    public Ends(Normalisation normalisation, Output output) {
        this(normalisation, output, false);
    }

    /** How raw values become what the network sees. */
    public enum Normalisation {
        /** By the training data, then each window by its own mean and deviation. */
        WINDOW,
        /** Not at all: the network sees the raw values, 0 where missing, and nothing else. */
        NONE
    }

    /** How what the network gives becomes values. */
    public enum Output {
        /** As it is, the normalisation undone. */
        LINEAR,
        /** Through a sigmoid: from 0 to 1, raw units. */
        SIGMOID
    }
}
