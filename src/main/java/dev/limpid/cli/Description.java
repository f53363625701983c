package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Durations;
import dev.limpid.definition.Latency;
import dev.limpid.definition.Tokens;
import dev.limpid.pipeline.Granularity;
import dev.limpid.signal.Kind;
import dev.limpid.signal.WindowSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a definition does, in figures and sentences. */
record Description(Definition definition, long commitIntervalMs) {
    /** Objects and small fields of a series, its map entries among them. */
    private static final int FIXED_BYTES = 700;

    /** The figures, for programs. */
    Map<String, Object> tree() {
        Latency latency = latency();
        String many = KindWords.of(definition.kind()).many();
        String counted = Character.toUpperCase(many.charAt(0)) + many.substring(1);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", definition.pipeline());
        tree.put("kind", definition.kind().label());
        tree.put("inputTopic", definition.input().topic());
        tree.put("outputTopics", outputs());
        tree.put("latency" + counted, latency.samples());
        put(tree, "latencyMs", latency.millis(), 0);
        tree.put("firstWindowLatency" + counted, latency.firstSamples());
        put(tree, "firstWindowLatencyMs", latency.firstMillis(), 0);
        tree.put("commitIntervalMs", commitIntervalMs);
        put(tree, "visibleLatencyMs", latency.millis(), commitIntervalMs);
        put(tree, "firstWindowVisibleLatencyMs", latency.firstMillis(), commitIntervalMs);
        tree.put("stateBytesPerSeries", stateBytes());
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, OptionalDouble value, long more) {
        value.ifPresent(ms -> tree.put(name, ms + more));
    }

    private List<String> outputs() {
        Definition.Output output = definition.output();
        return Stream.of(
                        Stream.of(output.cleaned()),
                        output.scores().stream(),
                        output.alerts().stream(),
                        Stream.of(output.deadLetters()),
                        output.embeddings().stream(),
                        output.heatMaps().stream())
                .flatMap(topics -> topics)
                .toList();
    }

    /** In what arrives: later samples, tokens or frames. */
    private Latency latency() {
        if (definition.kind() instanceof Kind.Frame frame) {
            return new Latency(0, frame.frames() - 1, 0);
        }
        return wholeRecords() ? new Latency(0, 0, 0) : Latency.of(definition);
    }

    /** Whether each record is a session, so that nothing of it waits for later ones. */
    private boolean wholeRecords() {
        return definition
                .tokens()
                .filter(tokens -> tokens.session() instanceof Tokens.Session.ByRecord)
                .isPresent();
    }

    /**
     * Heap of one series between records, in two rings of a power of two of slots: length + hop with a value per channel (4 bytes), a flag,
     * and the time if there is no grid; and length with what windows propose, per plane 4 bytes, a weight and a flag. Records that wait for
     * their answer come on top, with the size they have and that of their samples. Of frames whose stuck pixels are masked, the last one and
     * a count, 5 bytes a value.
     */
    long stateBytes() {
        WindowSpec window = definition.window();
        int channels = definition.input().channels().size();
        int sample = 4 * channels + 1 + (definition.input().sampleRateHz() > 0 ? 0 : 8);
        int proposed = 4 * definition.spec().merging().planes(channels) + 5;
        long stuck = definition
                .input()
                .stuck()
                .map(rule -> 5L * rule.pixels() * channels)
                .orElse(0L);
        return slots(window.length() + window.hop()) * sample + slots(window.length()) * proposed + stuck + FIXED_BYTES;
    }

    private static long slots(long capacity) {
        return Math.max(2, Long.highestOneBit(capacity - 1) << 1);
    }

    /** For people. */
    String text() {
        Definition.Input input = definition.input();
        Definition.Output output = definition.output();
        WindowSpec window = definition.window();
        Latency latency = latency();
        boolean grid = input.sampleRateHz() > 0;
        StringBuilder text = new StringBuilder();
        line(text, "pipeline %s", definition.pipeline());
        line(text, "");
        line(text, "  %s  %s %s", input.topic(), lower(input.format()), what());
        line(
                text,
                "    → a series per %s, %s",
                definition
                        .series()
                        .field()
                        .map(field -> "field '" + field + "'")
                        .orElse(lower(definition.series().by())),
                grid
                        ? "samples on a grid of " + number(input.sampleRateHz()) + " Hz"
                        : KindWords.of(definition.kind()).many() + " counted as they come");
        definition.tokens().ifPresent(tokens -> line(text, "    → %s", sessions(tokens)));
        line(
                text,
                "    → %s",
                definition.kind() instanceof Kind.Frame frame ? frames(frame) : windows(window, latency.sampleMs()));
        input.stuck()
                .ifPresent(rule -> line(
                        text,
                        "    → pixels masked that kept their value in %d frames while those around them changed",
                        rule.after()));
        line(
                text,
                "    → batches of up to %d windows through model %s (%s) on %s",
                definition.maxWindows(),
                definition.model().name(),
                definition.model().bundled(),
                lower(definition.model().provider()));
        line(
                text,
                "    → %s  one cleaned %s",
                output.cleaned(),
                output.granularity() == Granularity.RECORD
                        ? "record per input record"
                        : "block per hop, " + lower(output.format()));
        output.scores().ifPresent(topic -> line(text, "    → %s  one score per window", topic));
        output.alerts().ifPresent(topic -> line(text, "    → %s  raised and cleared", topic));
        line(text, "    → %s  what cannot be read, and windows the model fails on", output.deadLetters());
        output.embeddings().ifPresent(topic -> line(text, "    → %s  the model's latent vector of each window", topic));
        output.heatMaps()
                .ifPresent(topic -> line(text, "    → %s  how far each pixel is from its reconstruction", topic));
        line(text, "");
        line(text, "latency");
        text.append(definition.kind() instanceof Kind.Frame frame ? latency(frame) : latency(window.length(), latency));
        line(
                text,
                "  visible at the next commit: + up to %d ms (commit.interval.ms) + one batch run and the commit itself",
                commitIntervalMs);
        if (grid) {
            line(
                    text,
                    "  together %.0f ms, %.0f ms for the first window, and what the batch and the commit take",
                    latency.samples() * latency.sampleMs() + commitIntervalMs,
                    latency.firstSamples() * latency.sampleMs() + commitIntervalMs);
        }
        line(text, "");
        line(text, "segments and series");
        line(
                text,
                "  a gap or step back of more than %s ends a segment",
                Durations.text(definition.gaps().max()));
        line(
                text,
                "  a series silent for %s gets what is pending",
                Durations.text(definition.gaps().idleFlush()));
        line(
                text,
                "  a series silent for %s is forgotten",
                Durations.text(definition.series().expireAfter()));
        line(text, "  about %d bytes of heap per series, and the records that wait for their answer", stateBytes());
        return text.toString();
    }

    private String windows(WindowSpec window, double sampleMs) {
        return String.format(
                Locale.ROOT,
                "windows of %s%s, one every %d%s",
                KindWords.window(definition.kind(), window.length()),
                span(window.length(), sampleMs),
                window.hop(),
                span(window.hop(), sampleMs));
    }

    private static String frames(Kind.Frame frame) {
        return String.format(Locale.ROOT, "frames of %d x %d pixels", frame.height(), frame.width())
                + (frame.frames() == 1 ? "" : ", each with the " + (frame.frames() - 1) + " before it");
    }

    private String latency(int length, Latency latency) {
        String one = KindWords.of(definition.kind()).one();
        if (wholeRecords()) {
            return "  a " + one + " is final when its record came\n";
        }
        return String.format(
                Locale.ROOT,
                "  a %s is final after at most %d later %ss%s%s%n"
                        + "  the first %d of a segment wait for its first window: up to %d%s%n",
                one,
                latency.samples(),
                one,
                ms(latency.millis()),
                definition.tokens().isPresent() ? ", and with the end of its session" : "",
                length,
                latency.firstSamples(),
                ms(latency.firstMillis()));
    }

    private static String latency(Kind.Frame frame) {
        return "  a frame is final when it came\n"
                + (frame.frames() == 1 ? "" : "  the first " + frame.frames() + " of a segment wait for each other\n");
    }

    private static String sessions(Tokens tokens) {
        if (tokens.session() instanceof Tokens.Session.ByMarker marker) {
            return "sessions that end with a record that holds '" + marker.token() + "'";
        }
        if (tokens.session() instanceof Tokens.Session.ByLength length) {
            return "sessions that end with the record in which they have " + length.tokens() + " tokens";
        }
        return tokens.session() instanceof Tokens.Session.ByRecord
                ? "a session per record"
                : "sessions that end by a gap";
    }

    /** What a record holds. */
    private String what() {
        if (definition.kind() instanceof Kind.Tokens) {
            return "records of tokens";
        }
        List<String> channels = definition.input().channels();
        return (definition.kind() instanceof Kind.Frame ? "frames of " : "values of ")
                + channels.size()
                + (channels.size() == 1 ? " channel (" : " channels (")
                + channels.stream().limit(8).collect(Collectors.joining(", "))
                + (channels.size() > 8 ? ", …)" : ")");
    }

    private static String span(int samples, double sampleMs) {
        return sampleMs > 0 ? String.format(Locale.ROOT, " (%.0f ms)", samples * sampleMs) : "";
    }

    private static String ms(OptionalDouble ms) {
        return ms.isPresent() ? String.format(Locale.ROOT, ": %.0f ms", ms.getAsDouble()) : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
