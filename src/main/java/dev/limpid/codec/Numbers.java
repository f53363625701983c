package dev.limpid.codec;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers as text: the one way Limpid reads and writes a float outside of JSON. Thread-safe. */
public final class Numbers {
    private static final int CLIP = 40;

    private Numbers() {}

    /** The float32 nearest to the decimal number {@code text}; NaN if it is no number, an infinity if it is too great. */
    public static float parse(String text) {
        if (!isDecimal(text)) {
            return Float.NaN;
        }
        try {
            return NumberInput.parseFloat(text, true);
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    /** The shortest decimal that reads back as {@code value}; empty if it is not finite. */
    public static String text(float value) {
        return Float.isFinite(value) ? NumberOutput.toString(value, true) : "";
    }

    /** {@link #text} in bytes. */
    public static byte[] ascii(float value) {
        return text(value).getBytes(StandardCharsets.US_ASCII);
    }

    /** Milliseconds since the epoch, a fraction cut off; null if {@code text} is no number or does not fit. */
    public static @Nullable Long timestamp(String text) {
        try {
            if (!isDecimal(text)) {
                return null;
            }
            if (text.chars()
                    .allMatch(character -> character == '-' || character == '+' || Character.isDigit(character))) {
                return Long.parseLong(text);
            }
            double value = Double.parseDouble(text);
            return Math.abs(value) <= 1e15 ? (Long) (long) Math.floor(value) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Text from outside, cut to what a message can bear. */
    static String clip(String text) {
        return text.length() <= CLIP ? text : text.substring(0, CLIP) + "…";
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if ((character < '0' || character > '9') && "+-.eE".indexOf(character) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
