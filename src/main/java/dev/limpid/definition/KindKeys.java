package dev.limpid.definition;

import dev.limpid.signal.Kind;

/** The key {@code kind}: what the series carry. */
final class KindKeys {
    private KindKeys() {}

    static Kind read(Section root, Section input, Section window) {
        String kind = root.text("kind").orElse(Kind.SIGNAL.label());
        if (kind.equals("frame")) {
            return FrameKeys.kind(input, window);
        }
        if (kind.equals("tokens")) {
            return Kind.TOKENS;
        }
        if (!kind.equals("signal")) {
            root.problem("kind", "got '" + kind + "', wanted signal, frame or tokens");
        }
        return Kind.SIGNAL;
    }
}
