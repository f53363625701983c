package dev.limpid.signal;

import org.jspecify.annotations.Nullable;

/** Filters one window at a time, without anything before or after it. Confined to one thread. */
public interface WindowFilter {
    /**
     * Filters one channel.
     *
     * @param observed 1 where {@code x} counts, 0 elsewhere; null if all of it counts
     * @param from where the channel begins in the arrays
     * @param count its samples: at most a window's length, at least 1
     * @return whether there was a value; else {@code out} stays as it is
     */
    boolean filter(float[] x, float @Nullable [] observed, int from, int count, float[] out);
}
