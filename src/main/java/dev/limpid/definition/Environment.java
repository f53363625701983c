package dev.limpid.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables over a definition: {@code LIMPID_WINDOW_LENGTH=512} stands for {@code window: {length: 512}},
 * {@code LIMPID_OUTPUT_DEAD_LETTERS} for {@code output: {dead-letters: …}}, {@code LIMPID_KAFKA_BOOTSTRAP_SERVERS} for
 * {@code kafka: {bootstrap.servers: …}}.
 *
 * <p>Values are YAML, so {@code [a, b]} is a list; those of {@code KAFKA} are plain text. In their names {@code _} is a dot,
 * {@code __} an underscore and {@code ___} a dash. Variables of other names that begin with {@code LIMPID_} are not looked at.
 */
final class Environment {
    private static final String PREFIX = "LIMPID_";
    static final List<String> SECTIONS = List.of(
            "input", "series", "window", "model", "models", "batch", "gaps", "output", "tokens", "alerts", "train",
            "kafka");

    private Environment() {}

    /** A copy of {@code root} with the variables in it. */
    static Map<String, @Nullable Object> over(Map<?, ?> root, Map<String, String> variables, List<String> problems) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        root.forEach((key, value) -> merged.put(String.valueOf(key), value));
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            String rest = name.substring(PREFIX.length());
            if (rest.equals("PIPELINE")) {
                merged.put("pipeline", variable.getValue());
            }
            int end = rest.indexOf('_');
            String section = (end < 0 ? rest : rest.substring(0, end)).toLowerCase(Locale.ROOT);
            if (end > 0 && end < rest.length() - 1 && SECTIONS.contains(section)) {
                put(merged, section, rest.substring(end + 1), variable, problems);
            }
        }
        return merged;
    }

    private static void put(
            Map<String, @Nullable Object> merged,
            String section,
            String rest,
            Map.Entry<String, String> variable,
            List<String> problems) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        if (merged.get(section) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> inner.put(String.valueOf(key), value));
        }
        String key = rest.toLowerCase(Locale.ROOT);
        if (section.equals("kafka")) {
            String dotted = key.replace("___", "-")
                    .replace("__", "\u0000")
                    .replace('_', '.')
                    .replace('\u0000', '_');
            inner.put(dotted, variable.getValue());
        } else {
            List<String> inValue = new ArrayList<>();
            Object value = YamlTree.parse(variable.getValue(), inValue);
            inValue.forEach(problem -> problems.add(variable.getKey() + ": " + problem));
            inner.put(key.replace('_', '-'), value == null ? variable.getValue() : value);
        }
        merged.put(section, inner);
    }
}
