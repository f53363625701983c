package dev.limpid.train.corruption;

/** What an amplitude is counted in. */
public enum Scale {
    /** Root mean squares of the clean recording's channel: the same at every gain. */
    RMS("rms"),
    /** The channel's physical unit. */
    UNIT("units");

    private final String text;

    Scale(String text) {
        this.text = text;
    }

    double of(SpoiltWindow window, int channel) {
        return this == RMS ? window.level(channel) : 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
