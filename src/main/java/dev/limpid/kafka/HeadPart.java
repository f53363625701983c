package dev.limpid.kafka;

import org.jspecify.annotations.Nullable;

/** A part of a series' head that a chunk holds only if no older live one does. Confined to the task's thread. */
final class HeadPart<T> {
    private static final long NOWHERE = -1;

    private @Nullable T value;
    /** The write that has it; {@link #NOWHERE} as long as none needs to. */
    private long holder = NOWHERE;

    /** @param usual what it is if no chunk says otherwise; null if one always does */
    HeadPart(@Nullable T usual) {
        this.value = usual;
    }

    /** @param held whether any chunk in the store has it: the next write then has it anew */
    void resume(boolean held) {
        holder = held ? Long.MAX_VALUE : NOWHERE;
    }

    /**
     * What the write of that number is to hold; null if older ones do.
     *
     * @param firstLive the first write that stays live beside it
     * @param covers the first one that it replaces
     */
    @Nullable
    T due(T now, long sequence, long firstLive, long covers) {
        if (now.equals(value) && (holder == NOWHERE || (holder >= firstLive && holder < covers))) {
            return null;
        }
        value = now;
        holder = sequence;
        return now;
    }
}
