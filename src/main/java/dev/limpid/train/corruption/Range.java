package dev.limpid.train.corruption;

import java.util.random.RandomGenerator;

/** From a least to a greatest value, both included; one value if they are equal. */
public record Range(double low, double high) {
    /** Just {@code value}. */
    public static Range of(double value) {
        return new Range(value, value);
    }

    /** Drawn evenly. */
    double even(RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }

    /** Drawn evenly in the logarithm; both ends are positive. */
    double logarithmic(RandomGenerator random) {
        return Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * random.nextDouble());
    }

    /** A whole number, both ends included. */
    int whole(RandomGenerator random) {
        return (int) Math.min(high, Math.floor(low + (high - low + 1) * random.nextDouble()));
    }

    @Override
    public String toString() {
        return low == high ? text(low) : text(low) + ".." + text(high);
    }

    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
