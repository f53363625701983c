package dev.limpid.train.corruption;

/** How samples are taken away. */
public enum Hiding {
    /** As a gap is: 0, and the network is told by {@code observed}. */
    MISSING,
    /** As a sensor does that sends zeros: nobody tells (masking noise of Vincent et al. 2008). */
    ZERO;

    void hide(SpoiltWindow window, int channel, int from, int count) {
        int at = window.at(channel) + from;
        for (int i = at; i < at + count; i++) {
            window.x[i] = 0;
            if (this == MISSING) {
                window.observed[i] = 0;
            }
        }
    }

    String text() {
        return this == MISSING ? "missing" : "zero";
    }
}
