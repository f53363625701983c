package dev.limpid.signal;

import java.util.Arrays;

/** Stands in for missing values where nobody can be told which are missing. */
public final class Held {
    private Held() {}

    /**
     * A missing value gets the last one before it that was observed, or the first to come; nothing is done if there is none.
     *
     * @param observed 1 where {@code x} counts, 0 elsewhere
     * @param from the stretch of one channel, up to before {@code to}
     */
    public static void fill(float[] x, float[] observed, int from, int to) {
        int first = from;
        while (first < to && observed[first] == 0f) {
            first++;
        }
        if (first == to) {
            return;
        }
        Arrays.fill(x, from, first, x[first]);
        for (int i = first + 1; i < to; i++) {
            if (observed[i] == 0f) {
                x[i] = x[i - 1];
            }
        }
    }
}
