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
            root.problem("kind", "'" + kind + "' is not yet supported, wanted signal or frame");
        } else if (!kind.equals("signal")) {
            root.problem("kind", "got '" + kind + "', wanted signal or frame");
        }
        return Kind.SIGNAL;
    }
}
