package dev.limpid.pipeline;

import java.util.Locale;

/** What became of a sample. The lower-case name is its value in the {@code limpid-quality} header. */
public enum Quality {
    /** Every observed channel replaced by the model's value. */
    CLEANED(0),
    /** At least one channel was missing and got the model's value. */
    IMPUTED(1),
    /** Came after its slot was in a computed window: passed through unchanged. */
    LATE(2),
    /** Its slot was already taken by another sample: passed through unchanged. */
    DUPLICATE(3),
    /** Every window that holds it failed or was not finite: passed through unchanged. */
    FAILED(4),
    /** Nothing was observed in any window that holds it: passed through unchanged, that is, missing. */
    MISSING(5),
    /** Got the fallback filter's value, at least in part: the series was out of the model's range, or the model failed. */
    FALLBACK(6),
    /** Another token stands in its place: the model was all but certain that it was wrong. */
    REPLACED(7),
    /** A token that the model's vocabulary does not have: passed through unchanged. */
    UNKNOWN(8),
    /** A token in windows of which the model knows less than the tokens' frequencies tell: passed through unchanged. */
    FOREIGN(9);

    private static final Quality[] VALUES = values();
    private final byte code;

    Quality(int code) {
        this.code = (byte) code;
    }

    /** The quality with that {@link #code}. */
    public static Quality of(byte code) {
        return VALUES[code];
    }

    /** A small number that stays the same over versions, for layouts and arrays; 0 is the first. */
    public byte code() {
        return code;
    }

    public boolean passedThrough() {
        return this != CLEANED && this != IMPUTED && this != FALLBACK && this != REPLACED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
