package dev.limpid.onnx;

import dev.limpid.signal.Kind;

/** A {@link Kind} as one word, for the arguments of a process and for what a verdict is about. */
final class KindText {
    private KindText() {}

    /** As in {@code signal}, {@code frame:28x28x1}, {@code tokens}. */
    static String of(Kind kind) {
        return kind instanceof Kind.Frame frame
                ? frame.label() + ":" + frame.height() + "x" + frame.width() + "x" + frame.frames()
                : kind.label();
    }

    /** @throws IllegalArgumentException if it is none */
    static Kind read(String text) {
        if (text.equals(Kind.SIGNAL.label())) {
            return Kind.SIGNAL;
        }
        if (text.equals(Kind.TOKENS.label())) {
            return Kind.TOKENS;
        }
        if (!text.startsWith("frame:")) {
            throw new IllegalArgumentException("no kind: " + text);
        }
        String[] sizes = text.substring(6).split("x", -1);
        return new Kind.Frame(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
    }
}
