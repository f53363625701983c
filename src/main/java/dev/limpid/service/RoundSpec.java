package dev.limpid.service;

import dev.limpid.definition.Durations;
import dev.limpid.definition.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained again and again, as {@code train.topic}, {@code train.publish-when} and {@code train.drift} say.
 *
 * @param since how far a round reads back; empty: all that is there
 * @param judgedShare share of what is read, the newest of each partition, that is held back to judge by
 * @param errorLowerBy a candidate is published if its error is lower by this share at least, ...
 * @param confidence ... as the lower end of an interval of this confidence says
 * @param drift what calls for a round before its time
 */
public record RoundSpec(
        Optional<Duration> since, double judgedShare, double errorLowerBy, double confidence, DriftSpec drift) {
    /** Unless said otherwise. */
    public static final RoundSpec DEFAULT = new RoundSpec(Optional.empty(), 0.2, 0.01, 0.95, DriftSpec.DEFAULT);

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
        Reader topic = new Reader("topic", train, Set.of("since", "judged"), problems);
        Reader when = new Reader("publish-when", train, Set.of("error-lower-by", "confidence"), problems);
        Reader drift = new Reader("drift", train, Set.of("lasting", "scores-outside", "deviations"), problems);
        DriftSpec usual = DriftSpec.DEFAULT;
        return new RoundSpec(
                Optional.ofNullable(topic.duration("since")),
                topic.number("judged", DEFAULT.judgedShare, 0.01, 0.9),
                when.number("error-lower-by", DEFAULT.errorLowerBy, 0, 1),
                when.number("confidence", DEFAULT.confidence, 0.5, 0.999),
                new DriftSpec(
                        Optional.ofNullable(drift.duration("lasting")).orElse(usual.lasting),
                        drift.number("scores-outside", usual.scoresOutside, 0.02, 1),
                        drift.number("deviations", usual.deviations, 1.01, 1e6)));
    }

    /** The same, read back so far. */
    public RoundSpec since(Duration other) {
        return new RoundSpec(Optional.of(other), judgedShare, errorLowerBy, confidence, drift);
    }

    /** One block while it is read. */
    private static final class Reader {
        private final String path;
        private final Map<?, ?> values;
        private final List<String> problems;

        Reader(String name, Map<String, Object> train, Set<String> known, List<String> problems) {
            this.path = "train." + name;
            this.problems = problems;
            Object block = train.get(name);
            this.values = block instanceof Map<?, ?> map ? map : Map.of();
            if (block != null && !(block instanceof Map<?, ?>)) {
                problems.add(path + " is '" + block + "', needs a block of keys");
            }
            for (Object key : values.keySet()) {
                String text = String.valueOf(key);
                if (!known.contains(text)) {
                    problems.add(path + "." + text + " is unknown; "
                            + Nearest.of(text, known)
                                    .map(near -> "did you mean '" + near + "'? ")
                                    .orElse("")
                            + "known are "
                            + String.join(
                                    ", ",
                                    new ArrayList<>(known).stream().sorted().toList()));
                }
            }
        }

        @Nullable
        Duration duration(String key) {
            Object value = values.get(key);
            Duration read = value == null ? null : Durations.parse(String.valueOf(value));
            if (value != null && read == null) {
                problems.add(path + "." + key + " is '" + value + "', wanted a duration such as 24h");
            }
            return read;
        }

        double number(String key, double otherwise, double low, double high) {
            Object value = values.get(key);
            if (value == null) {
                return otherwise;
            }
            String text = String.valueOf(value).strip();
            try {
                double number = text.endsWith("%")
                        ? Double.parseDouble(
                                        text.substring(0, text.length() - 1).strip())
                                / 100
                        : Double.parseDouble(text);
                if (number >= low && number <= high) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            problems.add(path + "." + key + " is '" + value + "', needs " + low + " to " + high);
            return otherwise;
        }
    }
}
