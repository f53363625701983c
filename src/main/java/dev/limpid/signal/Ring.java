package dev.limpid.signal;

/** Index arithmetic of planar rings, {@code [channel][slot & (slots - 1)]}, in contiguous runs. */
final class Ring {
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
     * Whether every value of {@code [from, to)} times {@code factor} is finite: only then is it 0 times 0. In four parts that do not
     * wait for each other, which takes half the time of looking at the bits.
     */
    static boolean finite(float[] values, int from, int to, float factor) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += values[i] * factor * 0f;
            b += values[i + 1] * factor * 0f;
            c += values[i + 2] * factor * 0f;
            d += values[i + 3] * factor * 0f;
        }
        for (; i < to; i++) {
            a += values[i] * factor * 0f;
        }
        return a + b + c + d == 0f;
    }

    /** Number of infinite or NaN values in {@code [from, to)}, without a branch per value. */
    static int countNotFinite(float[] values, int from, int to) {
        if (finite(values, from, to, 1f)) {
            return 0;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            // an exponent of all ones carries into the sign
            count += ((Float.floatToRawIntBits(values[i]) & 0x7f800000) + 0x00800000) >>> 31;
        }
        return count;
    }
}
