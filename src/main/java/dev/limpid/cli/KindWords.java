package dev.limpid.cli;

import dev.limpid.signal.Kind;

/**
 * What people call the things of a kind, and what they can do about a model of it.
 *
 * @param one what arrives and is final by itself: {@code sample}
 * @param remedy for a model that does not know its range; empty if it needs none
 */
record KindWords(String one, String remedy) {
    private static final KindWords SIGNAL = new KindWords("sample", "limpid model calibrate");
    private static final KindWords FRAME = new KindWords("frame", "train it anew");
    /** No filter stands in for their model. */
    private static final KindWords TOKENS = new KindWords("token", "");

    static KindWords of(Kind kind) {
        if (kind instanceof Kind.Tokens) {
            return TOKENS;
        }
        return kind instanceof Kind.Frame ? FRAME : SIGNAL;
    }

    String many() {
        return one + "s";
    }

    /** {@code 48 tokens}, {@code 1 frame of 28 x 28 pixels}. */
    static String window(Kind kind, int length) {
        if (kind instanceof Kind.Frame frame) {
            return frame.frames() + (frame.frames() == 1 ? " frame of " : " frames of ") + frame.height() + " x "
                    + frame.width() + " pixels";
        }
        return length + " " + of(kind).many();
    }
}
