package dev.limpid.definition;

import dev.limpid.definition.Definition.Band;
import dev.limpid.definition.Definition.Fallback;
import dev.limpid.definition.Definition.Median;
import dev.limpid.definition.Definition.Pixels;
import dev.limpid.signal.BandPass;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes {@code gaps.fallback}, as in {@code band-pass 0.5..40 Hz order 2} or, for frames, {@code median 3x3}. */
public final class FallbackKey {
    private static final String KEY = "fallback";
    private static final int USUAL_ORDER = 2;
    private static final Pattern TEXT =
            Pattern.compile("band-pass\\s+([0-9.]+?)\\s*\\.\\.\\s*([0-9.]+)(\\s*hz)?(?:\\s+order\\s+([1-8]))?");

    private static final Pattern MEDIAN = Pattern.compile("median\\s+([357])\\s*x\\s*([357])");

    private FallbackKey() {}

    /** @param sampleRateHz 0 if there is none: then edges are in cycles per sample */
    static Optional<Fallback> read(Section section, double sampleRateHz, Optional<Pixels> pixels) {
        Object value = section.value(KEY);
        if (value == null || Boolean.FALSE.equals(value) || "off".equals(value)) {
            return Optional.empty();
        }
        String text = section.text(KEY).orElse("");
        return pixels.isPresent() ? median(section, text, pixels.get()) : bandPass(section, text, sampleRateHz);
    }

    private static Optional<Fallback> median(Section section, String text, Pixels pixels) {
        Matcher matcher = MEDIAN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !matcher.group(1).equals(matcher.group(2))) {
            section.problem(KEY, "got '" + text + "', wanted off, or for frames median 3x3 (5x5, 7x7)");
            return Optional.empty();
        }
        return Optional.of(new Median(pixels.height(), pixels.width(), Integer.parseInt(matcher.group(1))));
    }

    private static Optional<Fallback> bandPass(Section section, String text, double sampleRateHz) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            section.problem(KEY, "got '" + text + "', wanted off, or as in band-pass 0.5..40 Hz order 2");
            return Optional.empty();
        }
        if (matcher.group(3) != null && sampleRateHz == 0) {
            section.problem(
                    KEY,
                    "got '" + text
                            + "', but Hz have no meaning without input.sample-rate-hz; set it, or give cycles per"
                            + " sample, as in band-pass 0.001..0.1");
            return Optional.empty();
        }
        try {
            Band fallback = new Band(
                    Double.parseDouble(matcher.group(1)),
                    Double.parseDouble(matcher.group(2)),
                    matcher.group(4) == null ? USUAL_ORDER : Integer.parseInt(matcher.group(4)));
            BandPass design = fallback.design(sampleRateHz);
            return design.changesNothing() ? refused(section, text) : Optional.of(fallback);
        } catch (IllegalArgumentException e) {
            section.problem(KEY, "got '" + text + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Fallback> refused(Section section, String text) {
        section.problem(
                KEY, "got '" + text + "', which lets everything through at that sample rate; lower its upper edge");
        return Optional.empty();
    }

    /** As the definition has it. */
    public static String text(Fallback fallback, double sampleRateHz) {
        if (fallback instanceof Median median) {
            return "median " + median.size() + "x" + median.size();
        }
        Band band = (Band) fallback;
        return "band-pass " + number(band.low()) + ".." + number(band.high()) + (sampleRateHz > 0 ? " Hz" : "")
                + " order " + band.order();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).toPlainString();
    }
}
