package dev.limpid.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: {@code 250ms}, {@code 2s}, {@code 1.5h}, {@code 7d}; {@code m} and {@code min} are minutes. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m|min|h|d)");

    private Durations() {}

    /** The duration, to the millisecond; null if {@code text} is none, or less than a millisecond. */
    public static @Nullable Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        long unitMs =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m", "min" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 86_400_000;
                };
        long ms = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unitMs))
                .longValue();
        return ms == 0 ? null : Duration.ofMillis(ms);
    }

    /** The shortest text for {@code duration}, to the millisecond. */
    public static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 86_400_000 == 0) {
            return ms / 86_400_000 + "d";
        }
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "min";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }
}
