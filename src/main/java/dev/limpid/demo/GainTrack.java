package dev.limpid.demo;

/** The gain in signal-to-noise ratio over the course of a run, all series together. Mutable, confined to one thread. */
final class GainTrack {
    /** Stretches of equal length that a run is cut into. */
    static final int STRETCHES = 64;

    private final SnrMeter[] meters = new SnrMeter[STRETCHES];
    private final long simulatedMs;

    GainTrack(long simulatedMs) {
        this.simulatedMs = simulatedMs;
        for (int i = 0; i < STRETCHES; i++) {
            meters[i] = new SnrMeter();
        }
    }

    /** The stretch of a moment, simulated, since the run's beginning. */
    int stretch(long ms) {
        return (int) Math.max(0, Math.min(STRETCHES - 1, ms * STRETCHES / simulatedMs));
    }

    SnrMeter at(long ms) {
        return meters[stretch(ms)];
    }

    /** {@code [stretch]}, dB; NaN where nothing was measured. */
    double[] gainsDb() {
        double[] gains = new double[STRETCHES];
        for (int i = 0; i < STRETCHES; i++) {
            gains[i] = meters[i].gainDb();
        }
        return gains;
    }
}
