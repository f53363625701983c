package dev.limpid.signal;

import java.util.Arrays;

/**
 * A {@link BandPass} over samples as they come: each output depends on nothing later. Begins at rest at the first value, as if that
 * had been there for ever, so a level far from 0 makes no step. Allocates nothing per sample. Confined to one thread.
 *
 * <p>Sections in transposed direct form II, two numbers of state each; {@link #copyState} and {@link #restore} carry them over a
 * restart to the bit.
 */
public final class CausalBandPass {
    private final double[] coefficients;
    /** {@code [section][2]}, then the last value seen, NaN before the first. */
    private final double[] state;

    private final int sections;

    public CausalBandPass(BandPass design) {
        this.sections = design.sections().size();
        this.coefficients = new double[5 * sections];
        this.state = new double[2 * sections + 1];
        for (int i = 0; i < sections; i++) {
            BandPass.Section section = design.sections().get(i);
            coefficients[5 * i] = section.b0();
            coefficients[5 * i + 1] = section.b1();
            coefficients[5 * i + 2] = section.b2();
            coefficients[5 * i + 3] = section.a1();
            coefficients[5 * i + 4] = section.a2();
        }
        clear();
    }

    /** The next output. A missing value (NaN) counts as the last one again; before the first there is none, and NaN is the answer. */
    public double next(double value) {
        int last = 2 * sections;
        if (Double.isNaN(value) && Double.isNaN(state[last])) {
            return Double.NaN;
        }
        double x = Double.isNaN(value) ? state[last] : value;
        if (Double.isNaN(state[last])) {
            settle(x);
        }
        state[last] = x;
        for (int i = 0; i < sections; i++) {
            int c = 5 * i;
            double y = coefficients[c] * x + state[2 * i];
            state[2 * i] = coefficients[c + 1] * x - coefficients[c + 3] * y + state[2 * i + 1];
            state[2 * i + 1] = coefficients[c + 2] * x - coefficients[c + 4] * y;
            x = y;
        }
        return x;
    }

    /** Forgets what it saw: the next value is the first. */
    public void clear() {
        Arrays.fill(state, 0);
        state[2 * sections] = Double.NaN;
    }

    /** Everything to go on from here. */
    public double[] copyState() {
        return state.clone();
    }

    /** Goes on from a {@link #copyState} of the same design. */
    public void restore(double[] from) {
        if (from.length != state.length) {
            throw new IllegalArgumentException(
                    "state of " + from.length + " numbers, this band-pass has " + state.length);
        }
        System.arraycopy(from, 0, state, 0, state.length);
    }

    private void settle(double first) {
        double x = first;
        for (int i = 0; i < sections; i++) {
            int c = 5 * i;
            double y = x
                    * (coefficients[c] + coefficients[c + 1] + coefficients[c + 2])
                    / (1 + coefficients[c + 3] + coefficients[c + 4]);
            state[2 * i + 1] = coefficients[c + 2] * x - coefficients[c + 4] * y;
            state[2 * i] = coefficients[c + 1] * x - coefficients[c + 3] * y + state[2 * i + 1];
            x = y;
        }
    }
}
