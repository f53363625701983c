package dev.limpid.train.corruption;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a disturbance's values. */
final class Limits {
    private final List<String> problems = new ArrayList<>();

    static Limits of(double chance) {
        return new Limits().within("chance", Range.of(chance), 0, 1);
    }

    Limits within(String key, Range range, double least, double most) {
        if (!(range.low() <= range.high())) {
            problems.add(key + " is " + range + ", needs its lower end first");
        }
        if (!(range.low() >= least && range.high() <= most)) {
            problems.add(key + " is " + range + ", needs " + Range.text(least) + " to " + Range.text(most));
        }
        return this;
    }

    /** Frequencies need a sample rate, and must be below half of it. */
    Limits rate(String key, Range hz, double sampleRateHz) {
        if (!(sampleRateHz > 0)) {
            problems.add(key + " needs a sample rate; set input.sample-rate-hz");
            return this;
        }
        return within(key, hz, 1e-6, sampleRateHz / 2);
    }

    List<String> problems() {
        return problems;
    }
}
