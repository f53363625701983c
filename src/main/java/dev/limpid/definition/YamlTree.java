package dev.limpid.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * YAML text as maps, lists, {@code String}, {@code Long}, {@code Double}, {@code Boolean} and null. Anchors, aliases and
 * keys that stand twice are problems: a definition says everything once, and no few lines can grow into gigabytes.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 20;
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(40)
                    .build())
            .build();
    private final YAMLParser parser;
    private final List<String> problems;

    private YamlTree(YAMLParser parser, List<String> problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The tree of one document; null if there is none or it cannot be read. What is wrong is added to {@code problems}. */
    static @Nullable Object parse(String text, List<String> problems) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            Object tree = new YamlTree(parser, problems).value("");
            if (parser.nextToken() != null) {
                problems.add("line " + parser.currentTokenLocation().getLineNr()
                        + ": a second document; a file holds one pipeline");
            }
            return tree;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add((line > 0 ? "line " + line + ": " : "") + "no YAML: " + firstLine(e.getOriginalMessage()));
            return null;
        } catch (IOException e) {
            problems.add("no YAML: " + firstLine(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    private @Nullable Object value(String path) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(path + ": an alias; write the value out");
            return null;
        }
        if (parser.getObjectId() != null) {
            problems.add(path + ": an anchor; remove it");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(path);
            case START_ARRAY -> list(path);
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> (Object) parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private Object integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getDoubleValue();
        };
    }

    private Map<String, @Nullable Object> map(String path) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            Object value = value(inner);
            if (map.containsKey(key)) {
                problems.add(inner + ": stands twice");
            }
            map.put(key, value);
        }
        return map;
    }

    private List<@Nullable Object> list(String path) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(path + "[" + list.size() + "]"));
        }
        return list;
    }
}
