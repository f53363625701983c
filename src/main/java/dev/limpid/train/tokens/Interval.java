package dev.limpid.train.tokens;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** From a least to a greatest value, both included. */
public record Interval(double low, double high) {
    double even(RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }

    /** A whole number, both ends included. */
    int whole(RandomGenerator random) {
        return (int) Math.min(high, Math.floor(low + (high - low + 1) * random.nextDouble()));
    }

    Optional<String> problem(String key, double least, double most) {
        return low >= least && low <= high && high <= most
                ? Optional.empty()
                : Optional.of(key + " is " + this + ", needs " + new Interval(least, most) + ", its lower end first");
    }

    @Override
    public String toString() {
        return low == high ? text(low) : text(low) + ".." + text(high);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
