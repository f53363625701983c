package dev.limpid.signal;

import java.util.Arrays;

/** An immutable sequence of floats, so that records can carry them. */
public final class Floats {
    private static final Floats EMPTY = new Floats(new float[0]);
    private final float[] values;

    private Floats(float[] values) {
        this.values = values;
    }

    public static Floats of(float... values) {
        return values.length == 0 ? EMPTY : new Floats(values.clone());
    }

    /** Takes {@code values} without a copy; the caller gives them away. */
    public static Floats owning(float[] values) {
        return new Floats(values);
    }

    public int length() {
        return values.length;
    }

    public float at(int index) {
        return values[index];
    }

    public float[] toArray() {
        return values.clone();
    }

    /** Copies all of it to the beginning of {@code into}. */
    public void copyTo(float[] into) {
        System.arraycopy(values, 0, into, 0, values.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Floats floats && Arrays.equals(values, floats.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
