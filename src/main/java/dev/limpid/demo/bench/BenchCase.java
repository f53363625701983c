package dev.limpid.demo.bench;

import java.util.Locale;

/** What the input records look like. */
public record BenchCase(Shape shape, Format format) {
    /** How many samples a record carries. */
    public enum Shape {
        SAMPLES(1),
        BLOCKS(BenchSignal.WINDOW);

        private final int samples;

        Shape(int samples) {
            this.samples = samples;
        }

        /** Samples per record. */
        int samples() {
            return samples;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How its value is laid out. */
    public enum Format {
        F32,
        JSON;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name in reports and options, such as {@code samples-f32}. */
    public String label() {
        return shape.label() + "-" + format.label();
    }

    /** The case with that {@link #label}. */
    public static BenchCase of(String label) {
        for (Shape shape : Shape.values()) {
            for (Format format : Format.values()) {
                BenchCase each = new BenchCase(shape, format);
                if (each.label().equals(label)) {
                    return each;
                }
            }
        }
        throw new IllegalArgumentException(
                "no case '" + label + "'; there are samples-f32, samples-json, blocks-f32 and blocks-json");
    }

    /**
     * Samples per second that no contender passes on two cores, to size the input by: it must outlast the run.
     */
    long samplesPerSecond() {
        return switch (shape) {
            case SAMPLES -> format == Format.F32 ? 3_500_000 : 1_500_000;
            case BLOCKS -> format == Format.F32 ? 32_000_000 : 5_000_000;
        };
    }
}
