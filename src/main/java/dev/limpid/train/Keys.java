package dev.limpid.train;

import dev.limpid.train.corruption.Range;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One block of keys while it is read. Every key that is asked for is known; {@link #finish} reports the others. A value that cannot
 * be used is a problem in the list that all blocks share, and the default stands in for it. Confined to one thread.
 */
public final class Keys {
    private final String path;
    private final Map<?, ?> values;
    private final List<String> problems;
    private final Spelling spelling;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * A block to be read.
     *
     * @param path what messages call it, as in {@code train}
     * @param problems shared with the blocks within
     */
    public Keys(String path, Map<?, ?> values, List<String> problems, Spelling spelling) {
        this.path = path;
        this.values = values;
        this.problems = problems;
        this.spelling = spelling;
    }

    /** The block under {@code key}; an empty one if it is absent. */
    public Keys block(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value != null && !(value instanceof Map<?, ?>)) {
            problem(key, "is '" + value + "', needs a block of keys");
        }
        return of(key, value instanceof Map<?, ?> map ? map : Map.of());
    }

    /** A block whose values stand elsewhere, told of as {@code key}. */
    Keys of(String key, Map<?, ?> elsewhere) {
        return new Keys(path + "." + key, elsewhere, problems, spelling);
    }

    boolean isBlock(String key) {
        return values.get(key) instanceof Map<?, ?>;
    }

    boolean isList(String key) {
        return values.get(key) instanceof List<?>;
    }

    /** The value as text; {@code otherwise} if it is absent. */
    public String text(String key, String otherwise) {
        known.add(key);
        Object value = values.get(key);
        return value == null ? otherwise : String.valueOf(value).strip();
    }

    /** One of the constants of {@code otherwise}'s type, in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        String text = text(key, word(otherwise));
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        problem(
                key,
                "is '" + text + "', needs "
                        + Stream.of(constants).map(Keys::word).collect(Collectors.joining(" or ")));
        return otherwise;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean truth(String key, boolean otherwise) {
        String text = text(key, String.valueOf(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            problem(key, "is '" + text + "', needs true or false");
            return otherwise;
        }
        return text.equals("true");
    }

    /** {@code true} or {@code false}, which it is unless told. */
    boolean flag(String key) {
        return choice(key, Flag.FALSE) == Flag.TRUE;
    }

    private enum Flag {
        FALSE,
        TRUE
    }

    /** A whole number; {@code otherwise} if it is absent. */
    public int integer(String key, int otherwise) {
        double value = number(key, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            problem(key, "is " + value + ", needs a whole number");
            return otherwise;
        }
        return (int) value;
    }

    /** A number; {@code otherwise} if it is absent. */
    public double number(String key, double otherwise) {
        known.add(key);
        Object value = values.get(key);
        return value == null ? otherwise : parsed(key, value, otherwise);
    }

    private double parsed(String key, Object value, double otherwise) {
        try {
            return Double.parseDouble(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            problem(key, "is '" + value + "', needs a number");
            return otherwise;
        }
    }

    List<?> list(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list
                : List.of(String.valueOf(value).split(",", -1));
    }

    double[] pair(String key, double low, double high) {
        List<?> list = list(key);
        if (list.isEmpty()) {
            return new double[] {low, high};
        }
        if (list.size() != 2) {
            problem(key, "is " + list + ", needs a least and a greatest value, as in [" + low + ", " + high + "]");
            return new double[] {low, high};
        }
        return new double[] {parsed(key, list.get(0), low), parsed(key, list.get(1), high)};
    }

    /** A pair, or one value that is both. */
    Range range(String key, Range otherwise) {
        List<?> list = list(key);
        if (list.size() == 1) {
            return Range.of(parsed(key, list.get(0), otherwise.low()));
        }
        double[] pair = pair(key, otherwise.low(), otherwise.high());
        return new Range(pair[0], pair[1]);
    }

    Optional<Range> optionalRange(String key) {
        return list(key).isEmpty() ? Optional.empty() : Optional.of(range(key, Range.of(0)));
    }

    List<Integer> integers(String key, List<Integer> otherwise) {
        List<?> list = list(key);
        if (list.isEmpty()) {
            return otherwise;
        }
        return list.stream().map(value -> (int) parsed(key, value, 0)).toList();
    }

    List<Double> numbers(String key) {
        return list(key).stream().map(value -> parsed(key, value, 0)).toList();
    }

    /** These are read by others. */
    void leave(Set<String> keys) {
        known.addAll(keys);
    }

    /** Reports the keys nobody asked for. */
    public void finish() {
        for (Object key : values.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                unknown(name, known);
            }
        }
    }

    void unknown(String word, Set<String> among) {
        String nearest = spelling.nearest(word, among)
                .map(near -> "did you mean '" + near + "'? ")
                .orElse("");
        problem(word, "is unknown; " + nearest + "known are " + String.join(", ", among));
    }

    /** Tells what is wrong with the value of {@code key}. */
    public void problem(String key, String what) {
        problems.add(path + "." + key + " " + what);
    }
}
