package dev.limpid.demo.bench;

/**
 * An input that comes as sensors send it: every series at its rate, evenly spread.
 *
 * @param warmRounds rounds that are sent at once before, so that windows are full and buffers have their size
 * @param rateHz samples per second and series
 * @param seconds how long
 */
public record Pace(String name, Mode mode, BenchCase layout, int series, int rateHz, int warmRounds, double seconds) {
    /** Records per second. */
    public double recordsPerSecond() {
        return (double) series * rateHz / layout.shape().samples();
    }

    /** Rounds that are paced. */
    int rounds() {
        return (int) Math.round(seconds * rateHz / layout.shape().samples());
    }
}
