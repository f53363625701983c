package dev.limpid.train;

/** What a window is divided by before the network sees it. */
enum Scaling {
    /** The training data's scale, then the window's own standard deviation: for a source that is known. */
    DEVIATION,
    /** The window's own noise, see {@link NoiseLevel}: for a source that is not. One channel. */
    NOISE_LEVEL,
    /**
     * The same of the window and of its negative: noise is half the difference of what the network takes for it. So a sensor's sign makes no
     * difference, at twice the work.
     */
    NOISE_LEVEL_OF_BOTH_SIGNS
}
