package dev.limpid.definition;

import java.util.OptionalDouble;

/**
 * How long a sample waits until it is final, by arithmetic alone: the commit interval and the time of a batch run come on top.
 *
 * @param samples later samples that a sample waits for at most, once the segment's first window is full
 * @param firstSamples the same for the first samples of a segment: its first window must be full
 * @param sampleMs milliseconds from sample to sample; 0 without a sample rate
 */
public record Latency(int samples, int firstSamples, double sampleMs) {
    /** The latency of a definition. */
    public static Latency of(Definition definition) {
        double rate = definition.input().sampleRateHz();
        return new Latency(
                definition.window().latencySamples(), definition.window().length() - 1, rate > 0 ? 1_000 / rate : 0);
    }

    /** {@link #samples} in milliseconds; empty without a sample rate. */
    public OptionalDouble millis() {
        return millis(samples);
    }

    /** {@link #firstSamples} in milliseconds; empty without a sample rate. */
    public OptionalDouble firstMillis() {
        return millis(firstSamples);
    }

    private OptionalDouble millis(int count) {
        return sampleMs > 0 ? OptionalDouble.of(count * sampleMs) : OptionalDouble.empty();
    }
}
