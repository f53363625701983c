package dev.limpid.signal;

import java.util.Arrays;

/** Index arithmetic of planar rings, {@code [channel][slot & (slots - 1)]}, in contiguous runs. */
final class Ring {
    private static final float[] ZEROS = new float[512];

    private Ring() {}

    /** The power of two that holds {@code capacity} slots. */
    static int slots(long capacity) {
        return Math.toIntExact(Math.max(2, Long.highestOneBit(capacity - 1) << 1));
    }

    /** The slots {@code [from, to)} of a ring in a new one of {@code slots} slots. */
    static float[] moved(float[] ring, int channels, int slots, long from, long to) {
        int old = ring.length / channels;
        float[] moved = new float[Math.multiplyExact(slots, channels)];
        for (int c = 0; c < channels; c++) {
            for (long slot = from; slot < to; slot++) {
                moved[c * slots + (int) (slot & (slots - 1))] = ring[c * old + (int) (slot & (old - 1))];
            }
        }
        return moved;
    }

    /** Copies {@code count} slots from {@code start} on out of the plane that begins at {@code base}. */
    static void copy(float[] ring, int base, int mask, long start, float[] target, int at, int count) {
        int index = (int) (start & mask);
        int run = Math.min(count, mask + 1 - index);
        System.arraycopy(ring, base + index, target, at, run);
        System.arraycopy(ring, base, target, at + run, count - run);
    }

    /** Copies the slots {@code [from, to)} of a ring out, {@code [time][channel]}. */
    static void interleave(float[] ring, int channels, long from, long to, float[] target) {
        int slots = ring.length / channels;
        int count = (int) (to - from);
        if (channels == 1) {
            copy(ring, 0, slots - 1, from, target, 0, count);
            return;
        }
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < count; i++) {
                target[i * channels + c] = ring[c * slots + (int) ((from + i) & (slots - 1))];
            }
        }
    }

    /**
     * Whether every value of {@code [from, to)} times {@code factor} is finite: only then is that times 0 a 0 (and with 0 added no
     * -0). Nothing to sum up and nowhere to branch, so the JIT compiler vectorises it: 15 ns for 128 values, 35 in sums.
     *
     * @param scratch overwritten at the same places, so it is another array
     */
    static boolean finite(float[] values, int from, int to, float factor, float[] scratch) {
        for (int i = from; i < to; i++) {
            scratch[i] = values[i] * factor * 0f + 0f;
        }
        for (int i = from; i < to; i += ZEROS.length) {
            int end = Math.min(to, i + ZEROS.length);
            if (!Arrays.equals(scratch, i, end, ZEROS, 0, end - i)) {
                return false;
            }
        }
        return true;
    }
}
