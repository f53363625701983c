package dev.limpid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.score.Alert;
import dev.limpid.score.AlertRule;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.AlertState;
import dev.limpid.score.WindowScore;
import dev.limpid.service.LeftOut;
import dev.limpid.signal.Floats;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads what a user, an alerts topic or a file of scores marks as not to be trained on. What is wrong is collected. */
final class Spans {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Span> all = new ArrayList<>();
    private final List<String> problems;

    Spans(List<String> problems) {
        this.problems = problems;
    }

    /**
     * What files mark of a topic: its series by their names, times since the epoch.
     *
     * @throws IllegalStateException with all that is wrong with them
     */
    static List<LeftOut.Mark> marks(List<Path> files) throws IOException {
        List<String> problems = new ArrayList<>();
        Spans spans = new Spans(problems);
        for (Path file : files) {
            spans.addMarked(file);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("cannot leave out what is marked:\n  " + String.join("\n  ", problems));
        }
        return spans.all.stream()
                .map(span -> new LeftOut.Mark(span.series(), span.startMs(), span.endMs()))
                .toList();
    }

    List<Span> all() {
        return all;
    }

    /** CSV with {@code start}, {@code end} and perhaps {@code series}, or alerts as JSON, one a line. */
    void addMarked(Path file) throws IOException {
        if (readable(file)) {
            if (isJson(file)) {
                addAlerts(file);
            } else {
                rows(file, row -> all.add(new Span(row.text("series"), row.time("start"), row.time("end"))));
            }
        }
    }

    /** A file of scores: from where an alert would be raised to where it would be cleared, or to the last window. */
    void addScores(Path file, AlertSpec spec) throws IOException {
        if (!readable(file)) {
            return;
        }
        Map<String, AlertState> states = new LinkedHashMap<>();
        Map<String, Long> ends = new LinkedHashMap<>();
        AlertRule rule = new AlertRule(spec);
        ModelSpec unknown = new ModelSpec(new ModelId("scores", "", "any"), 1, List.of(), false, false, Floats.of());
        rows(file, row -> {
            String series = row.text("series");
            WindowScore window = new WindowScore(
                    row.time("start"),
                    row.time("end"),
                    row.number("score"),
                    Floats.of(),
                    row.number("observed"),
                    unknown.id(),
                    "");
            AlertRule.Verdict verdict = rule.judge(states.getOrDefault(series, AlertState.NEW), window, unknown);
            Alert alert = verdict.alert();
            if (alert != null && alert.state() == Alert.State.CLEARED) {
                all.add(new Span(series, alert.startMs(), alert.atMs()));
            }
            states.put(series, verdict.state());
            ends.put(series, window.endMs());
        });
        states.forEach((series, state) -> {
            if (state.raised()) {
                all.add(new Span(series, state.startMs(), ends.getOrDefault(series, Long.MAX_VALUE)));
            }
        });
    }

    private void addAlerts(Path file) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode alert = JSON.readTree(line);
                if (!alert.path("start").isIntegralNumber() || !alert.path("at").isIntegralNumber()) {
                    problems.add(
                            file + ", line " + number + ", has no 'start' and 'at' in milliseconds, as an alert has");
                    return;
                }
                // one that was raised holds up to where that was known; its clearing, if it is there, goes further
                all.add(new Span(
                        "", alert.path("start").asLong(), alert.path("at").asLong()));
            } catch (JsonProcessingException e) {
                problems.add(file + ", line " + number + ", is no JSON: " + e.getOriginalMessage());
                return;
            }
        }
    }

    private boolean readable(Path file) {
        if (!Files.isReadable(file)) {
            problems.add(file + " cannot be read");
        }
        return Files.isReadable(file);
    }

    private static boolean isJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = in.read();
            }
            return first == '{';
        }
    }

    @FunctionalInterface
    private interface EachRow {
        void take(Row row);
    }

    private void rows(Path file, EachRow each) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            CsvInput input = new CsvInput(in);
            for (byte[] line = input.next(); line != null; line = input.next()) {
                each.take(new Row(input, line));
            }
        } catch (IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    /** One line of a file with a header. */
    private static final class Row {
        private final CsvInput input;
        private final byte[] line;

        Row(CsvInput input, byte[] line) {
            this.input = input;
            this.line = line;
        }

        String text(String column) {
            int at = input.header().indexOf(column);
            return at < 0 || at >= input.cells().count() ? "" : input.cells().text(line, at);
        }

        long time(String column) {
            Long time = RowTime.parse(text(column));
            if (time == null) {
                throw new IllegalArgumentException("column '" + column + "' is '" + text(column) + "' in "
                        + new String(line, StandardCharsets.UTF_8).strip()
                        + "; wanted milliseconds or ISO 8601 in columns start and end");
            }
            return time;
        }

        float number(String column) {
            String text = text(column);
            try {
                return text.isEmpty() ? Float.NaN : Float.parseFloat(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("column '" + column + "' is '" + text + "', wanted a number", e);
            }
        }
    }
}
