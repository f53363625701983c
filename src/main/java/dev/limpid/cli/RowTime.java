package dev.limpid.cli;

import dev.limpid.codec.Numbers;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The time in a CSV file's {@code timestamp} column: milliseconds since the epoch, or ISO 8601 (UTC unless it says otherwise). */
final class RowTime {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'][ ]HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX]", Locale.ROOT);

    private RowTime() {}

    /** Milliseconds since the epoch; null if {@code text} is no time. */
    static @Nullable Long parse(String text) {
        Long number = Numbers.timestamp(text);
        if (number != null) {
            return number;
        }
        try {
            TemporalAccessor time = ISO.parse(text);
            ZoneOffset offset = time.query(TemporalQueries.offset());
            return LocalDateTime.from(time)
                    .toInstant(offset == null ? ZoneOffset.UTC : offset)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
