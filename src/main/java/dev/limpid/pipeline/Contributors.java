package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import org.jspecify.annotations.Nullable;

/**
 * Which models gave values to which slots of a segment. Windows come in order, so each model gives them to one stretch; where the
 * model in force changed, the stretches overlap by less than a window: there two models cross-fade. Nearly always there is one
 * stretch, and everything costs a comparison. Confined to the pipeline's thread.
 */
final class Contributors {
    private @Nullable Stretch newest;

    /** Slots from the first window of a model to the last one's end. */
    private static final class Stretch {
        final ModelId model;
        final long from;
        long to;

        @Nullable
        Stretch older;

        Stretch(ModelId model, long from, @Nullable Stretch older) {
            this.model = model;
            this.from = from;
            this.older = older;
        }
    }

    /**
     * A window gave values to the slots {@code [from, to)}.
     *
     * @param neededFrom no earlier slot will be asked for
     */
    void add(ModelId model, long from, long to, long neededFrom) {
        Stretch last = newest;
        if (last == null || !last.model.equals(model)) {
            last = new Stretch(model, from, last);
            newest = last;
        }
        last.to = to;
        if (last.older != null) {
            forget(last, neededFrom);
        }
    }

    private static void forget(Stretch newest, long neededFrom) {
        Stretch newer = newest;
        for (Stretch each = newest.older; each != null; each = each.older) {
            if (each.to <= neededFrom) {
                newer.older = null; // those before it end even earlier
                return;
            }
            newer = each;
        }
    }

    /** The newest model that gave values to some of the slots {@code [from, to)}; null if none did. */
    @Nullable
    ModelId newest(long from, long to) {
        Stretch last = newest;
        if (last == null || last.older == null) {
            return last == null ? null : last.model;
        }
        Stretch over = over(last, from, to);
        return over == null ? last.model : over.model;
    }

    /** Whether a second model gave values to some of the slots {@code [from, to)}. */
    boolean several(long from, long to) {
        Stretch last = newest;
        if (last == null || last.older == null) {
            return false;
        }
        Stretch over = over(last, from, to);
        return over != null && over(over.older, from, to) != null;
    }

    private static @Nullable Stretch over(@Nullable Stretch first, long from, long to) {
        Stretch each = first;
        while (each != null && (each.from >= to || each.to <= from)) {
            each = each.older;
        }
        return each;
    }
}
