package dev.limpid.demo;

/** being written */
final class DemoRun {
    /** Samples per record. */
    static final int BLOCK_LENGTH = 25;

    private DemoRun() {}

    /** Records per sensor for {@code simulatedMs}. */
    static long blocks(long simulatedMs, double sampleRateHz) {
        return (long) Math.ceil(simulatedMs * sampleRateHz / 1000 / BLOCK_LENGTH);
    }
}
