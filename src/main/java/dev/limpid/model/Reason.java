package dev.limpid.model;

import java.util.Locale;

/** By what a window of tokens stands out most: the check whose value is the greatest multiple of its threshold. */
public enum Reason {
    /** A few of its tokens that are hard to believe. */
    UNLIKELY_TOKEN(0),
    /** All of its tokens together. */
    UNLIKELY_OVERALL(1),
    /** Tokens that the vocabulary does not have. */
    NEW_TOKEN(2),
    /** More tokens than the longest window of training, or less than the shortest. */
    LENGTH(3),
    /** How often it has each token: no window of training is like it. */
    COUNTS(4);

    private static final Reason[] VALUES = values();
    private final byte code;

    Reason(int code) {
        this.code = (byte) code;
    }

    /** The reason with that {@link #code}. */
    public static Reason of(long code) {
        return VALUES[(int) code];
    }

    /** How many there are. */
    static int count() {
        return VALUES.length;
    }

    /** The number that stands for it in the model's output {@code reason}. */
    public int code() {
        return code;
    }

    /** As records say it, such as {@code unlikely-token}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
