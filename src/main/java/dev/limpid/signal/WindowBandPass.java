package dev.limpid.signal;

import org.jspecify.annotations.Nullable;

/**
 * A {@link BandPass} over one window at a time, without anything before or after it: forward and backward, so that nothing is shifted
 * in time, over the window continued at both ends by its mirror image. A sample at the end of a window is so estimated from what came
 * before it alone. Keeps scratch space, so confined to one thread; keeps nothing from window to window.
 *
 * <p>The mirror image, not the point reflection of {@link BandPass#zeroPhase}: that turns about the first and the last value, whose
 * noise becomes a level. docs/design/0005-guard.md has figures, and those against a causal filter.
 */
public final class WindowBandPass implements WindowFilter {
    private final CausalBandPass pass;
    private final float[] whole;
    private final double[] extended;

    /** @param length samples per window */
    public WindowBandPass(BandPass design, int length) {
        this.pass = new CausalBandPass(design);
        this.whole = new float[length];
        this.extended = new double[3 * length];
    }

    /** {@inheritDoc} What was not observed is bridged by a straight line. */
    @Override
    public boolean filter(float[] x, float @Nullable [] observed, int from, int count, float[] out) {
        System.arraycopy(x, from, whole, 0, count);
        if (observed != null && !bridge(observed, from, count)) {
            return false;
        }
        int pad = count - 1;
        int total = count + 2 * pad;
        for (int i = 0; i < pad; i++) {
            extended[i] = whole[pad - i];
            extended[pad + count + i] = whole[count - 2 - i];
        }
        for (int i = 0; i < count; i++) {
            extended[pad + i] = whole[i];
        }
        pass.clear();
        for (int i = 0; i < total; i++) {
            extended[i] = pass.next(extended[i]);
        }
        pass.clear();
        // what lies before the window needs no second pass
        for (int i = total - 1; i >= pad; i--) {
            extended[i] = pass.next(extended[i]);
        }
        for (int i = 0; i < count; i++) {
            out[from + i] = (float) extended[pad + i];
        }
        return true;
    }

    /** As {@link Holes#bridged}; false if nothing was observed. */
    private boolean bridge(float[] observed, int from, int count) {
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (observed[from + i] == 0f) {
                continue;
            }
            float step = last < 0 ? 0 : (whole[i] - whole[last]) / (i - last);
            for (int k = last + 1; k < i; k++) {
                whole[k] = last < 0 ? whole[i] : whole[last] + step * (k - last);
            }
            last = i;
        }
        for (int k = last + 1; last >= 0 && k < count; k++) {
            whole[k] = whole[last];
        }
        return last >= 0;
    }
}
