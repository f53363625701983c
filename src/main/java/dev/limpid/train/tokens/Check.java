package dev.limpid.train.tokens;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** What a window is judged by as a whole. */
public enum Check {
    /** The sum of the few greatest negative log-likelihoods among its known tokens. */
    SURPRISE(false),
    /** Their mean. */
    MEAN_SURPRISE(false),
    /** How many of its tokens no vocabulary has. */
    UNKNOWN(true),
    /** How many tokens it has more than the longest, or less than the shortest, window of training. */
    LENGTH(true),
    /** Its {@link CountVectors} distance. */
    COUNTS(false);

    private final boolean whole;

    Check(boolean whole) {
        this.whole = whole;
    }

    /** Its place among the values of a window. */
    public int place() {
        return Arrays.asList(values()).indexOf(this);
    }

    /** The one with that {@link #place}. */
    public static Check at(long place) {
        return Arrays.asList(values()).get((int) place);
    }

    /** Those of {@code values} that the model of single tokens gives by itself. */
    public static Map<Check, double[]> ofTokens(Map<Check, double[]> values) {
        Map<Check, double[]> alone = new EnumMap<>(values);
        alone.keySet().retainAll(EnumSet.of(SURPRISE, MEAN_SURPRISE));
        return alone;
    }

    /** Whether its values are whole numbers: then a threshold lies between two. */
    boolean whole() {
        return whole;
    }
}
