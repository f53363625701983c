package dev.limpid.definition;

import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.Input;
import dev.limpid.definition.Tokens.Session;
import dev.limpid.pipeline.Granularity;
import dev.limpid.score.Surprisal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys of a definition of {@code kind: tokens} that others don't have, and what it has instead of theirs. */
final class TokenKeys {
    /** The name of the one channel: JSON member or CSV column of a token. */
    static final String CHANNEL = "token";
    /** How a record of tokens can be laid out. */
    static final List<Format> FORMATS = List.of(Format.JSON, Format.CSV, Format.TEXT, Format.DRAIN);
    /** Series are often sessions, so there are many, and each is short. */
    static final Duration EXPIRE_AFTER = Duration.ofHours(1);

    private static final int MAX_SESSION = 1 << 20;
    private static final int MAX_TEXT = 256;
    private static final String ALL = "all";

    private TokenKeys() {}

    static Input input(Section section, String topic, Optional<String> timestamp) {
        Format format = section.choice("format", Format.JSON, FORMATS);
        String member = section.text("samples-field").orElse("tokens");
        List<String> columns = section.names("columns");
        for (String key : List.of("channels", "sample-rate-hz")) {
            if (section.value(key) != null) {
                section.problem(
                        key,
                        "has no meaning for tokens: they have one channel, '" + CHANNEL
                                + "', and are counted as they come; remove it");
            }
        }
        section.finish();
        return new Input(topic, format, List.of(CHANNEL), 0, timestamp, member, columns);
    }

    /** The block {@code tokens}; empty, and refused, if the series carry none. */
    static Optional<Tokens> tokens(Section root, boolean ids) {
        if (!ids && root.value("tokens") != null) {
            root.problem("tokens", "has no meaning but for kind tokens; remove it");
        }
        return ids ? Optional.of(tokens(root.section("tokens"))) : Optional.empty();
    }

    private static Tokens tokens(Section section) {
        double fill = section.share("fill-above", 0.3);
        double replace = section.share("replace-above", 0.99);
        double report = section.share("report-missing-above", 0.5);
        int top = top(section);
        String masked = section.text("masked").orElse("[MASK]");
        if (masked.length() > MAX_TEXT || masked.chars().anyMatch(Character::isWhitespace)) {
            section.problem(
                    "masked", "got '" + masked + "', wanted at most " + MAX_TEXT + " characters without white space");
        }
        Section sessions = section.section("session");
        Session session = session(sessions);
        sessions.finish();
        section.finish();
        return new Tokens(fill, replace, report, top, masked, session);
    }

    private static int top(Section section) {
        String top = section.text("report-top").orElse(String.valueOf(Surprisal.USUAL));
        if (top.equals(ALL)) {
            return Surprisal.ALL;
        }
        if (!top.matches("[0-9]{1,7}")) {
            section.problem("report-top", "got '" + top + "', wanted a number from 0 to window.length, or all");
            return Surprisal.USUAL;
        }
        return Integer.parseInt(top);
    }

    private static Session session(Section section) {
        String by = section.text("by").orElse("gap");
        if (by.startsWith("marker ")) {
            return new Session.ByMarker(by.substring(7).strip());
        }
        if (by.startsWith("length ")) {
            String number = by.substring(7).strip();
            int tokens = number.matches("[0-9]{1,8}") ? Integer.parseInt(number) : 0;
            if (tokens < 1 || tokens > MAX_SESSION) {
                section.problem("by", "got '" + by + "', wanted a length from 1 to " + MAX_SESSION);
                return new Session.ByGap();
            }
            return new Session.ByLength(tokens);
        }
        if (!by.equals("gap") && !by.equals("record")) {
            section.problem("by", "got '" + by + "', wanted gap, record, marker TOKEN or length NUMBER");
        }
        return by.equals("record") ? new Session.ByRecord() : new Session.ByGap();
    }

    /** What must hold between the keys of a definition of tokens. */
    static Map<String, String> problems(Definition definition) {
        Map<String, String> problems = new TreeMap<>();
        if (definition.gaps().fallback().isPresent()) {
            problems.put("gaps.fallback", "is for signals; tokens pass through where the model fails: remove it");
        }
        if (definition.output().granularity() == Granularity.HOP) {
            problems.put("output.granularity", "got hop; a token leaves in its record: remove it");
        }
        int top = definition.tokens().map(Tokens::reportTop).orElse(0);
        int length = definition.window().length();
        if (top > Math.max(Surprisal.USUAL, length) && top != Surprisal.ALL) {
            problems.put("tokens.report-top", "got " + top + ", wanted 0 to window.length = " + length + ", or all");
        }
        return problems;
    }

    /** As {@link #input} reads it. */
    static Map<String, Object> tree(Input input) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("topic", input.topic());
        map.put("format", Section.lower(input.format()));
        input.timestampField().ifPresent(field -> map.put("timestamp", field.isEmpty() ? "record" : "field " + field));
        map.put("samples-field", input.samplesField());
        if (!input.csvColumns().isEmpty()) {
            map.put("columns", input.csvColumns());
        }
        return map;
    }

    /** As {@link #tokens} reads it. */
    static Map<String, Object> tree(Tokens tokens) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fill-above", tokens.fillAbove());
        map.put("replace-above", tokens.replaceAbove());
        map.put("report-missing-above", tokens.reportAbove());
        map.put("report-top", tokens.reportTop() == Surprisal.ALL ? ALL : tokens.reportTop());
        map.put("masked", tokens.masked());
        map.put("session", Map.of("by", text(tokens.session())));
        return map;
    }

    /** As in {@code session.by}. */
    static String text(Session session) {
        if (session instanceof Session.ByMarker marker) {
            return "marker " + marker.token();
        }
        if (session instanceof Session.ByLength length) {
            return "length " + length.tokens();
        }
        return session instanceof Session.ByRecord ? "record" : "gap";
    }
}
