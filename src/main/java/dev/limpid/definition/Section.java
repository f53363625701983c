package dev.limpid.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One block of a definition while it is read. Every key that is asked for is known; {@link #finish} reports the others. A value
 * that cannot be used is a problem in the list that all sections share, and the default stands in for it.
 */
final class Section {
    private final String path;
    private final Map<?, ?> values;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, Map<?, ?> values, List<String> problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    /** The block under {@code key}; an empty one if it is absent or null. */
    Section section(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof Map<?, ?>)) {
            problem(key, "got " + shown(value) + ", wanted a block of keys");
        }
        return new Section(at(key), value instanceof Map<?, ?> map ? map : Map.of(), problems);
    }

    /** The value under {@code key} as it is; null if there is none. */
    @Nullable
    Object value(String key) {
        known.add(key);
        return values.get(key);
    }

    /** All keys there are, which are known by that. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        values.keySet().forEach(key -> keys.add(String.valueOf(key)));
        known.addAll(keys);
        return keys;
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    void problem(String key, String what) {
        problems.add(at(key) + ": " + what);
    }

    /** A key that is designed but not built: refused, for ignoring it would promise what does not happen. */
    void notYet(String key, String instead) {
        if (value(key) != null || values.containsKey(key)) {
            problem(key, "not yet supported; remove it (" + instead + ")");
        }
    }

    /** Reports the keys nobody asked for. */
    void finish() {
        for (Object key : values.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                problem(
                        name,
                        "unknown key; "
                                + Nearest.of(name, known)
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("known are " + String.join(", ", known)));
            }
        }
    }

    Optional<String> text(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        String text = String.valueOf(value).strip();
        if (value instanceof Map<?, ?> || value instanceof List<?> || text.isEmpty()) {
            problem(key, "got " + shown(value) + ", wanted text");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    String required(String key, String example) {
        Optional<String> text = text(key);
        if (text.isEmpty() && !has(key)) {
            problem(key, "missing; for example " + key + ": " + example);
        }
        return text.orElse(example);
    }

    /** A whole number from {@code least} to {@code most}; {@code suffix} may follow it, as in {@code 3 windows}. */
    int integer(String key, int otherwise, int least, int most, String suffix) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        String text = String.valueOf(value).strip();
        if (!suffix.isEmpty()
                && (text.endsWith(" " + suffix) || text.equals("1 " + suffix.substring(0, suffix.length() - 1)))) {
            text = text.substring(0, text.indexOf(' '));
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problem(key, "got " + shown(value) + ", wanted a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** A number from {@code least} to {@code most}. */
    double number(String key, double otherwise, double least, double most) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(String.valueOf(value).strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problem(key, "got " + shown(value) + ", wanted a number from " + least + " to " + most);
        return otherwise;
    }

    /** A share from 0 to 1; {@code 5 %} is 0.05. */
    double share(String key, double otherwise) {
        Object value = value(key);
        String text = String.valueOf(value).strip();
        if (value == null || !text.endsWith("%")) {
            return number(key, otherwise, 0, 1);
        }
        try {
            double percent =
                    Double.parseDouble(text.substring(0, text.length() - 1).strip());
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problem(key, "got " + shown(value) + ", wanted a share from 0 to 1, or 0 % to 100 %");
        return otherwise;
    }

    Duration duration(String key, Duration otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        Duration duration = Durations.parse(String.valueOf(value));
        if (duration == null) {
            problem(key, "got " + shown(value) + ", wanted a duration such as 250ms, 2s, 5min, 1h or 7d");
            return otherwise;
        }
        return duration;
    }

    <E extends Enum<E>> E choice(String key, E otherwise, Class<E> type) {
        return choice(key, otherwise, List.of(type.getEnumConstants()));
    }

    /** One of some words. */
    <E extends Enum<E>> E choice(String key, E otherwise, List<E> words) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        String text = String.valueOf(value).strip();
        for (E candidate : words) {
            if (lower(candidate).equals(text)) {
                return candidate;
            }
        }
        problem(
                key,
                "got " + shown(value) + ", wanted "
                        + words.stream().map(Section::lower).collect(Collectors.joining(" or ")));
        return otherwise;
    }

    /** A list of names, none empty, none twice; a text of names with commas between them will do. */
    List<String> names(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        List<?> list = value instanceof List<?> given
                ? given
                : List.of(String.valueOf(value).split(",", -1));
        List<String> names = new ArrayList<>();
        for (Object element : list) {
            String name = element == null || element instanceof Map<?, ?> || element instanceof List<?>
                    ? ""
                    : String.valueOf(element).strip();
            if (name.isEmpty()) {
                problem(key, "got " + shown(value) + ", wanted a list of names");
            } else if (names.contains(name)) {
                problem(key, "'" + name + "' stands twice");
            } else {
                names.add(name);
            }
        }
        return names;
    }

    static String shown(Object value) {
        String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
