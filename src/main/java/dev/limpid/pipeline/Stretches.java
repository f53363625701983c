package dev.limpid.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Slots of a segment to which something happened, in stretches. They come in order, and nearly always there is none, which costs a
 * comparison. Confined to the pipeline's thread.
 */
final class Stretches {
    private @Nullable Stretch newest;

    private static final class Stretch {
        final long from;
        long to;

        @Nullable
        Stretch older;

        Stretch(long from, @Nullable Stretch older) {
            this.from = from;
            this.older = older;
        }
    }

    /**
     * Adds the slots {@code [from, to)}; neither is before those of the last call.
     *
     * @param neededFrom no earlier slot will be asked for
     */
    void add(long from, long to, long neededFrom) {
        Stretch last = newest;
        if (last == null || last.to < from) {
            last = new Stretch(from, last);
            newest = last;
        }
        last.to = Math.max(last.to, to);
        for (Stretch each = last; each.older != null; each = each.older) {
            if (each.older.to <= neededFrom) {
                each.older = null; // those before it end even earlier
                return;
            }
        }
    }

    /** Whether there are any of the slots {@code [from, to)} among them. */
    boolean any(long from, long to) {
        Stretch each = newest;
        while (each != null && (each.from >= to || each.to <= from)) {
            each = each.older;
        }
        return each != null;
    }
}
