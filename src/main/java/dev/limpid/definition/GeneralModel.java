package dev.limpid.definition;

import dev.limpid.signal.Kind;

/** The model of a definition that names none: for any signal of one channel, so that there is something to start with. */
public final class GeneralModel {
    /** Its file. */
    public static final String BUNDLED = "models/any-1d.onnx";

    /** Samples per window that it was trained with. */
    public static final int LENGTH = 512;

    /** The hop of a definition that leaves the window to this model. */
    static final int HOP = 64;

    private GeneralModel() {}

    /** Whether it serves so many channels in windows of {@code length} samples. */
    static boolean fits(int channels, int length) {
        return channels == 1 && length == LENGTH;
    }

    /** Whether the definition has to do with a file of its own that it doesn't name, as this model doesn't fit. */
    public static boolean leftOut(Definition definition) {
        return definition.kind() instanceof Kind.Signal
                && definition.model().bundled().equals(fileOf(definition.pipeline()))
                && !fits(
                        definition.input().channels().size(),
                        definition.window().length());
    }

    static String fileOf(String model) {
        return "models/" + model + ".onnx";
    }
}
