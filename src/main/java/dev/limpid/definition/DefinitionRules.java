package dev.limpid.definition;

import dev.limpid.definition.Definition.Input;
import dev.limpid.definition.Definition.Output;
import dev.limpid.model.TopicKey;
import dev.limpid.pipeline.Granularity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What must hold between the keys of a definition. */
final class DefinitionRules {
    private static final long MAX_BATCH_BYTES = 256L << 20;
    /** A record of 1 MiB less its key and headers. */
    private static final long MAX_VALUE_BYTES = 960L << 10;
    /** Clean and raw value of at most 15 characters each, commas, and a share of the quality. */
    private static final int JSON_BYTES_PER_VALUE = 48;

    private final Definition definition;
    private final List<String> problems;

    DefinitionRules(Definition definition, List<String> problems) {
        this.definition = definition;
        this.problems = problems;
    }

    void check() {
        fields();
        times();
        topics();
        output();
        batch();
        if (definition.tokens().isPresent()) {
            TokenKeys.problems(definition).forEach(this::problem);
        }
    }

    private void problem(String path, String what) {
        problems.add(path + ": " + what);
    }

    private void fields() {
        Input input = definition.input();
        String timestamp = input.timestampField().orElse("");
        String series = definition.series().field().orElse("");
        switch (input.format()) {
            case F32, U8, IMAGE, TEXT, DRAIN -> {
                String none = "' needs named fields; " + Section.lower(input.format()) + " values have none";
                if (!timestamp.isEmpty()) {
                    problem("input.timestamp", "'field " + timestamp + none);
                }
                if (!series.isEmpty()) {
                    problem("series.by", "'field " + series + none);
                }
            }
            case CSV -> columns(input, timestamp, series);
            case JSON -> members(input, timestamp, series);
        }
        if (input.format() != Definition.Format.CSV && !input.csvColumns().isEmpty()) {
            problem("input.columns", "is for format csv only");
        }
        input.pixels().ifPresent(pixels -> FrameKeys.problems(input, pixels).forEach(this::problem));
    }

    private void columns(Input input, String timestamp, String series) {
        List<String> columns = input.csvColumns().isEmpty() ? input.channels() : input.csvColumns();
        String known = "input.columns (" + String.join(", ", columns) + ")";
        for (String channel : input.channels()) {
            if (!columns.contains(channel)) {
                problem("input.channels", "'" + channel + "' is not among " + known);
            }
        }
        if (!timestamp.isEmpty() && !columns.contains(timestamp)) {
            problem("input.timestamp", "'" + timestamp + "' is not among " + known);
        }
        if (!series.isEmpty() && !columns.contains(series)) {
            problem("series.by", "'" + series + "' is not among " + known);
        }
        twice(names(input, timestamp, series));
    }

    private void members(Input input, String timestamp, String series) {
        Map<String, List<String>> names = names(input, timestamp, series);
        names.put("input.samples-field", List.of(input.samplesField()));
        names.put("the member that Limpid adds", List.of("limpid"));
        if (input.timestampField().isEmpty()) {
            names.put("the timestamp (unless input.timestamp says otherwise)", List.of("ts"));
        }
        twice(names);
    }

    private static Map<String, List<String>> names(Input input, String timestamp, String series) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("input.channels", input.channels());
        names.put("input.timestamp", timestamp.isEmpty() ? List.of() : List.of(timestamp));
        names.put("series.by", series.isEmpty() ? List.of() : List.of(series));
        return names;
    }

    private void twice(Map<String, List<String>> names) {
        Map<String, String> owners = new LinkedHashMap<>();
        names.forEach((path, all) -> {
            for (String name : all) {
                String owner = owners.putIfAbsent(name, path);
                if (owner != null) {
                    problem(owner, "'" + name + "' is also " + path);
                }
            }
        });
    }

    private void times() {
        double rate = definition.input().sampleRateHz();
        long gapMs = definition.gaps().max().toMillis();
        if (rate > 0 && gapMs < 1_000 / rate) {
            problem(
                    "gaps.max",
                    "got " + gapMs + "ms, wanted at least the " + Math.ceil(1_000 / rate)
                            + " ms between two samples at " + rate + " Hz");
        }
        if (definition.series().expireAfter().compareTo(definition.gaps().idleFlush()) < 0) {
            problem(
                    "series.expire-after",
                    "got " + Durations.text(definition.series().expireAfter()) + ", wanted at least gaps.idle-flush = "
                            + Durations.text(definition.gaps().idleFlush()));
        }
    }

    private void topics() {
        Output output = definition.output();
        Map<String, String> paths = new LinkedHashMap<>();
        BiConsumer<String, String> add = (path, topic) -> {
            String other = paths.putIfAbsent(topic, path);
            if (other != null) {
                problem(path, "'" + topic + "' is also " + other + "; every topic has one use");
            }
        };
        add.accept("input.topic", definition.input().topic());
        add.accept("output.cleaned", output.cleaned());
        output.scores().ifPresent(topic -> add.accept("output.scores", topic));
        output.alerts().ifPresent(topic -> add.accept("output.alerts", topic));
        add.accept("output.dead-letters", output.deadLetters());
        output.embeddings().ifPresent(topic -> add.accept("output.embeddings", topic));
        output.heatMaps().ifPresent(topic -> add.accept("output.heat-maps", topic));
        definition.model().topic().ifPresent(models -> {
            add.accept("model.topic", models.topic());
            add.accept("models.status-topic", models.status());
            if (!TopicKey.valid(definition.model().name())) {
                problem(
                        "model.name",
                        "got '" + definition.model().name() + "', wanted for model.topic: a letter or digit first, "
                                + TopicKey.MAX_LENGTH + " characters at most");
            }
        });
    }

    private void output() {
        Output output = definition.output();
        if (output.granularity() == Granularity.HOP
                && definition.input().pixels().isPresent()) {
            problem("output.granularity", "got hop; a frame leaves as its record: remove it");
            return;
        }
        if (output.granularity() == Granularity.HOP && output.format() == Definition.Format.CSV) {
            problem("output.format", "csv holds one sample per value; granularity hop needs json or f32");
        }
        if (output.granularity() == Granularity.RECORD
                && output.format() != definition.input().format()) {
            problem(
                    "output.format",
                    "got " + Section.lower(output.format()) + ", but granularity record keeps the layout of"
                            + " the input, " + Section.lower(definition.input().format())
                            + "; remove it or set granularity: hop");
        }
    }

    private void batch() {
        long bytes = 4L
                * definition.maxWindows()
                * definition.window().length()
                * definition.input().channels().size();
        if (bytes > MAX_BATCH_BYTES) {
            problem(
                    "batch.max-windows",
                    "got " + definition.maxWindows() + ": with "
                            + definition.input().channels().size()
                            + " channels of " + definition.window().length() + " samples a batch takes " + (bytes >> 20)
                            + " MiB, wanted at most " + (MAX_BATCH_BYTES >> 20));
        }
        values();
    }

    /** What a topic would refuse must not arise: a failed window's dead letter, and the hop block at a segment's end. */
    private void values() {
        int channels = definition.input().channels().size();
        long window = 4L * channels * definition.window().length();
        long perSample = definition.output().format() == Definition.Format.F32 ? 4 : JSON_BYTES_PER_VALUE;
        long block = definition.output().granularity() == Granularity.HOP
                ? perSample
                        * channels
                        * (definition.window().length() + definition.window().lookahead())
                : 0;
        if (Math.max(window, block) > MAX_VALUE_BYTES) {
            boolean frames = definition.input().pixels().isPresent();
            problem(
                    frames ? "window.frames" : "window.length",
                    frames
                            ? "a window of all its frames may take " + (window >> 10) + " KiB, wanted at most "
                                    + (MAX_VALUE_BYTES >> 10) + "; fewer or smaller frames"
                            : "got " + definition.window().length() + ": with " + channels
                                    + " channels a record may take " + (Math.max(window, block) >> 10)
                                    + " KiB, wanted at most " + (MAX_VALUE_BYTES >> 10));
        }
    }
}
