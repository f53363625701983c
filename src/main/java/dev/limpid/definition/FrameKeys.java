package dev.limpid.definition;

import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.Input;
import dev.limpid.definition.Definition.Pixels;
import dev.limpid.signal.Kind;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The keys of a definition of {@code kind: frame} that others don't have. */
final class FrameKeys {
    /** What a frame can be laid out as. */
    static final List<Format> FORMATS = List.of(Format.U8, Format.F32, Format.IMAGE, Format.JSON);

    private static final int LONGEST_SIDE = 4096;
    private static final int MOST_FRAMES = 64;
    /** Two bytes each are under the 256 KiB of a record of the store. */
    private static final int MOST_WATCHED = 120_000;

    private FrameKeys() {}

    /** {@code input.height}, {@code input.width} and {@code window.frames}. */
    static Kind.Frame kind(Section input, Section window) {
        return new Kind.Frame(
                side(input, "height"), side(input, "width"), window.integer("frames", 1, 1, MOST_FRAMES, "frames"));
    }

    private static int side(Section input, String key) {
        if (!input.has(key)) {
            input.problem(key, "missing; kind frame needs it, for example " + key + ": 28");
        }
        return input.integer(key, 1, 1, LONGEST_SIDE, "pixels");
    }

    /** What the numbers of a frame mean: {@code range} and {@code missing}. */
    static Optional<Pixels> pixels(Section input, Kind.Frame frame, Format format) {
        unlike(input, "sample-rate-hz", "frames are counted as they come");
        unlike(input, "columns", "frames have no columns");
        float[] range = {0, 1};
        Object value = input.value("range");
        if (value instanceof List<?> list && list.size() == 2) {
            try {
                range[0] = Float.parseFloat(String.valueOf(list.get(0)));
                range[1] = Float.parseFloat(String.valueOf(list.get(1)));
            } catch (NumberFormatException e) {
                range[1] = Float.NaN;
            }
        } else if (value != null) {
            range[1] = Float.NaN;
        }
        if (!(range[0] < range[1]) || Float.isInfinite(range[1] - range[0])) {
            input.problem(
                    "range",
                    "got " + Section.shown(String.valueOf(value))
                            + ", wanted the values of black and white, the lower first, for example [0, 1]");
        }
        boolean integers = format == Format.U8 || format == Format.IMAGE;
        double missing = input.number("missing", Double.NaN, -3e38, 3e38);
        return Optional.of(new Pixels(
                frame.height(),
                frame.width(),
                integers ? range[0] : 0,
                integers ? range[1] : 1,
                Double.isNaN(missing) ? OptionalDouble.empty() : OptionalDouble.of(missing)));
    }

    /** {@code input.stuck-after}. */
    static Optional<StuckRule> stuck(Section input, Kind.Frame frame) {
        int after = input.integer("stuck-after", 0, 2, StuckRule.MOST, "frames");
        return after == 0 ? Optional.empty() : Optional.of(new StuckRule(frame.height(), frame.width(), after));
    }

    /** A window is one or more successive frames, a new one begins with every frame, and its newest frame is answered at once. */
    static WindowSpec window(Section section, Kind.Frame frame) {
        for (String key : List.of("length", "hop", "lookahead")) {
            unlike(section, key, "a window is window.frames frames of input.height x input.width");
        }
        section.finish();
        int hop = frame.pixels();
        return new WindowSpec(hop * frame.frames(), hop, hop - 1);
    }

    /** A key of other kinds, with what to do instead. */
    private static void unlike(Section section, String key, String instead) {
        if (section.value(key) != null) {
            section.problem(key, "is for signals; " + instead + ": remove it");
        }
    }

    /** What must hold between the keys of a frame's input. */
    static Map<String, String> problems(Input input, Pixels pixels) {
        Map<String, String> problems = new TreeMap<>();
        long values = (long) input.channels().size() * pixels.height() * pixels.width();
        long most =
                switch (input.format()) {
                    case JSON -> 16_384;
                    case F32 -> 192 * 1024 / Float.BYTES;
                    default -> 192 * 1024;
                };
        if (values > most) {
            problems.put(
                    "input.height",
                    "got " + input.channels().size() + " x " + pixels.height() + " x " + pixels.width() + " = " + values
                            + " values, wanted at most " + most + " in " + Section.lower(input.format())
                            + "; send smaller frames" + (input.format() == Format.U8 ? "" : ", or as u8"));
        }
        if (input.format() == Format.IMAGE
                && input.channels().size() != 1
                && input.channels().size() != 3) {
            problems.put(
                    "input.channels",
                    "got " + input.channels().size() + ", wanted 1 (grey) or 3 (red, green, blue) of images");
        }
        if (input.stuck().isPresent() && values > MOST_WATCHED) {
            problems.put(
                    "input.stuck-after",
                    "has no room for what it remembers of " + values + " values, wanted at most " + MOST_WATCHED
                            + "; remove it, or send smaller frames");
        }
        return problems;
    }

    /** As {@link #pixels} and {@link #stuck} read it. */
    static Map<String, Object> tree(Input input, Pixels pixels) {
        Format format = input.format();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("height", pixels.height());
        tree.put("width", pixels.width());
        if (format == Format.U8 || format == Format.IMAGE) {
            tree.put("range", List.of(pixels.low(), pixels.high()));
        }
        pixels.missing().ifPresent(missing -> tree.put("missing", missing));
        input.stuck().ifPresent(stuck -> tree.put("stuck-after", stuck.after()));
        return tree;
    }
}
