package dev.limpid.signal;

/** What stands where values are missing (NaN), for filters that need one everywhere. */
public final class Holes {
    private Holes() {}

    /** A copy with a straight line from the last value before a hole to the first after it; one of them at the ends; 0 without any. */
    public static float[] bridged(float[] values) {
        float[] out = values.clone();
        int last = -1;
        for (int i = 0; i <= out.length; i++) {
            if (i < out.length && Float.isNaN(out[i])) {
                continue;
            }
            for (int k = last + 1; k < i; k++) {
                if (last < 0) {
                    out[k] = i < out.length ? out[i] : 0;
                } else if (i == out.length) {
                    out[k] = out[last];
                } else {
                    out[k] = out[last] + (out[i] - out[last]) * ((float) (k - last) / (i - last));
                }
            }
            last = i;
        }
        return out;
    }
}
