package dev.limpid.eval.filter;

/** Values that go on beyond their ends as in a mirror that stands on the last value. */
final class Mirrored {
    private final float[] values;

    Mirrored(float[] values) {
        this.values = values;
    }

    float at(int index) {
        return values[place(index, values.length)];
    }

    /** Where {@code index} falls within {@code length} values: {@code … 2 1 0 1 2 … n-2 n-1 n-2 …}. */
    static int place(int index, int length) {
        if (index >= 0 && index < length) {
            return index;
        }
        if (length == 1) {
            return 0;
        }
        int period = 2 * length - 2;
        int at = Math.floorMod(index, period);
        return at < length ? at : period - at;
    }
}
