package dev.limpid.service;

import dev.limpid.definition.Durations;
import dev.limpid.definition.Nearest;
import dev.limpid.train.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is trained again and again, as {@code train.topic}, {@code train.publish-when} and {@code train.drift} say.
 *
 * @param since how far a round reads back; empty: all that is there
 * @param judgedShare share of what is read, the newest of each partition, that is held back to judge by
 * @param start where the weights of a round begin
 * @param errorLowerBy a candidate is published if its error is lower by this share at least, ...
 * @param confidence ... as the lower end of an interval of this confidence says
 * @param drift what calls for a round before its time
 */
public record RoundSpec(
        Optional<Duration> since,
        double judgedShare,
        Start start,
        double errorLowerBy,
        double confidence,
        DriftSpec drift) {
    /** Unless said otherwise. */
    public static final RoundSpec DEFAULT = new RoundSpec(
            Optional.empty(), 0.2, new Start(From.SCRATCH, OptionalInt.empty()), 0.01, 0.95, DriftSpec.DEFAULT);

    /** Where weights come from. */
    public enum From {
        /** Chance. */
        SCRATCH,
        /** The model in force, if it has the same network. */
        WARM
    }

    /**
     * Where a round begins.
     *
     * @param warmSteps gradient steps of a warm start; empty: a quarter of those from scratch
     */
    public record Start(From from, OptionalInt warmSteps) {}

    /**
     * When data have left what the model in force was calibrated on.
     *
     * @param lasting for how long they must have
     * @param scoresOutside a stretch is outside if more than this share of its window scores lies beyond the model's 1 or 99 % quantile
     * @param deviations ... or if its mean is further than so many of the training input's standard deviations from its mean, or its
     *     standard deviation more than so many times greater or smaller
     */
    public record DriftSpec(Duration lasting, double scoresOutside, double deviations) {
        public static final DriftSpec DEFAULT = new DriftSpec(Duration.ofMinutes(10), 0.2, 2);
    }

    /**
     * Reads a {@code train} block.
     *
     * @param problems what is wrong is added to it
     */
    public static RoundSpec read(Map<String, Object> train, List<String> problems) {
        Keys keys = new Keys("train", train, problems, Nearest::of);
        Keys topic = keys.block("topic");
        Keys when = keys.block("publish-when");
        Keys drift = keys.block("drift");
        DriftSpec usual = DriftSpec.DEFAULT;
        RoundSpec read = new RoundSpec(
                duration(topic, "since"),
                share(topic, "judged", DEFAULT.judgedShare, 0.01, 0.9),
                start(topic),
                share(when, "error-lower-by", DEFAULT.errorLowerBy, 0, 1),
                share(when, "confidence", DEFAULT.confidence, 0.5, 0.999),
                new DriftSpec(
                        duration(drift, "lasting").orElse(usual.lasting),
                        share(drift, "scores-outside", usual.scoresOutside, 0.02, 1),
                        share(drift, "deviations", usual.deviations, 1.01, 1e6)));
        topic.finish();
        when.finish();
        drift.finish();
        return read;
    }

    private static Start start(Keys topic) {
        From from = topic.choice("start", From.SCRATCH);
        int steps = topic.integer("warm-steps", 0);
        if (steps < 0) {
            topic.problem("warm-steps", "is " + steps + ", needs at least 1");
        }
        return new Start(from, steps > 0 ? OptionalInt.of(steps) : OptionalInt.empty());
    }

    private static Optional<Duration> duration(Keys keys, String key) {
        String text = keys.text(key, "");
        Duration read = text.isEmpty() ? null : Durations.parse(text);
        if (read == null && !text.isEmpty()) {
            keys.problem(key, "is '" + text + "', wanted a duration such as 24h");
        }
        return Optional.ofNullable(read);
    }

    /** A number, or one in percent. */
    private static double share(Keys keys, String key, double otherwise, double low, double high) {
        String text = keys.text(key, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            double number = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100
                    : Double.parseDouble(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        keys.problem(key, "is '" + text + "', needs " + low + " to " + high);
        return otherwise;
    }

    /** The same, read back so far. */
    public RoundSpec since(Duration other) {
        return new RoundSpec(Optional.of(other), judgedShare, start, errorLowerBy, confidence, drift);
    }
}
