package dev.limpid.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Finds samples that stand in both of two sets of recordings, as after a copy, an overlap or a shuffle. */
public final class Repeats {
    private static final int RUN = 24;

    private Repeats() {}

    /**
     * Share of the runs of 24 samples in {@code held} that stand, bit by bit, anywhere in {@code fitted}. Runs of less than eight
     * different values do not count: silence comes again by itself.
     */
    public static double share(List<float[]> fitted, List<float[]> held) {
        long[] known = new long
                [fitted.stream()
                        .mapToInt(values -> Math.max(0, values.length - RUN + 1))
                        .sum()];
        int at = 0;
        for (float[] values : fitted) {
            for (int i = 0; i + RUN <= values.length; i++) {
                known[at++] = digest(values, i);
            }
        }
        Arrays.sort(known);
        int runs = 0;
        int found = 0;
        for (float[] values : held) {
            for (int i = 0; i + RUN <= values.length; i += RUN) {
                if (varies(values, i)) {
                    runs++;
                    found += Arrays.binarySearch(known, digest(values, i)) >= 0 ? 1 : 0;
                }
            }
        }
        return runs == 0 ? 0 : (double) found / runs;
    }

    private static long digest(float[] values, int from) {
        long hash = 0;
        for (int i = from; i < from + RUN; i++) {
            hash = (hash ^ Float.floatToIntBits(values[i])) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static boolean varies(float[] values, int from) {
        return IntStream.range(from, from + RUN)
                        .mapToDouble(i -> values[i])
                        .distinct()
                        .count()
                >= 8;
    }
}
