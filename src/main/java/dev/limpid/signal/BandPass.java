package dev.limpid.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * A Butterworth band-pass: a high-pass, which takes out the level and its drift, followed by a low-pass, each of {@code order}
 * poles and −3 dB at its edge, as sections of second order. Immutable; filtering by {@link CausalBandPass} while samples come, or by
 * {@link #zeroPhase} over samples that are all there.
 *
 * <p>Sections are the bilinear transform of the analog prototype with the edge pre-warped (Oppenheim and Schafer, Discrete-Time
 * Signal Processing, 3rd ed., section 7.2): as for a pole pair of quality {@code q} and {@code t = tan(π edge/rate)}, a low-pass is
 * {@code t² (1 + z⁻¹)² / ((1 + t/q + t²) + 2 (t² − 1) z⁻¹ + (1 − t/q + t²) z⁻²)}.
 */
public final class BandPass implements Fallback {
    private static final int MAX_ORDER = 8;
    private final double low;
    private final double high;
    private final int order;
    private final List<Section> sections;

    /** {@code y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]}. */
    record Section(double b0, double b1, double b2, double a1, double a2) {
        /** The square of the factor on the amplitude at {@code angle} radians per sample. */
        private double powerAt(double angle) {
            return power(b0, b1, b2, angle) / power(1, a1, a2, angle);
        }

        private static double power(double c0, double c1, double c2, double angle) {
            double real = c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle);
            double imaginary = c1 * Math.sin(angle) + c2 * Math.sin(2 * angle);
            return real * real + imaginary * imaginary;
        }
    }

    @Override
    public WindowFilter over(int length) {
        return new WindowBandPass(this, length);
    }

    private BandPass(double low, double high, int order, List<Section> sections) {
        this.low = low;
        this.high = high;
        this.order = order;
        this.sections = List.copyOf(sections);
    }

    /**
     * Designs it. Edges and rate share a unit: hertz, or cycles per sample with a rate of 1.
     *
     * @param low 0: no high-pass, so the level stays
     * @param high half the rate or more: no low-pass
     * @param order poles of either side, 1 to 8
     * @throws IllegalArgumentException if it is not 0 &lt;= low &lt; high, low &lt; rate/2
     */
    public static BandPass of(double low, double high, int order, double sampleRate) {
        if (!(low >= 0 && low < high && low < sampleRate / 2) || order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException(
                    "a band-pass of " + low + ".." + high + ", order " + order + ", at a rate of " + sampleRate
                            + "; wanted 0 <= low < high, low below half the rate, order 1 to " + MAX_ORDER);
        }
        List<Section> sections = new ArrayList<>();
        if (low > 0) {
            add(sections, low / sampleRate, order, true);
        }
        if (high < sampleRate / 2) {
            add(sections, high / sampleRate, order, false);
        }
        return new BandPass(low, high, order, sections);
    }

    private static void add(List<Section> sections, double edge, int order, boolean highPass) {
        double t = Math.tan(Math.PI * edge);
        for (int pair = 0; pair < order / 2; pair++) {
            double q = 1 / (2 * Math.sin(Math.PI * (2 * pair + 1) / (2 * order)));
            double scale = 1 / (1 + t / q + t * t);
            double b = highPass ? scale : t * t * scale;
            double a1 = 2 * (t * t - 1) * scale;
            double a2 = (1 - t / q + t * t) * scale;
            sections.add(new Section(b, highPass ? -2 * b : 2 * b, b, a1, a2));
        }
        if (order % 2 == 1) {
            double b = (highPass ? 1 : t) / (1 + t);
            sections.add(new Section(b, highPass ? -b : b, 0, (t - 1) / (t + 1), 0));
        }
    }

    /** Whether it lets everything through. */
    public boolean changesNothing() {
        return sections.isEmpty();
    }

    List<Section> sections() {
        return sections;
    }

    /** The factor on the amplitude of a sine of {@code frequency} in the unit of {@code sampleRate}; zero-phase gives its square. */
    public double gainAt(double frequency, double sampleRate) {
        double power = 1;
        for (Section section : sections) {
            power *= section.powerAt(2 * Math.PI * frequency / sampleRate);
        }
        return Math.sqrt(power);
    }

    /**
     * Filters forward and then backward, so that nothing is shifted in time (Gustafsson 1996); the ends are continued by reflection
     * about their first and last value. NaN is bridged by a straight line.
     */
    public float[] zeroPhase(float[] values) {
        float[] whole = Holes.bridged(values);
        int length = whole.length;
        if (length == 0 || sections.isEmpty()) {
            return whole;
        }
        // a pole pair of the lower edge rings for about a period of it; more than the samples themselves cannot be
        // reflected
        int pad = Math.min(length - 1, 1 << 16);
        double[] extended = new double[length + 2 * pad];
        for (int i = 0; i < pad; i++) {
            extended[i] = 2.0 * whole[0] - whole[pad - i];
            extended[pad + length + i] = 2.0 * whole[length - 1] - whole[length - 2 - i];
        }
        for (int i = 0; i < length; i++) {
            extended[pad + i] = whole[i];
        }
        CausalBandPass forward = new CausalBandPass(this);
        for (int i = 0; i < extended.length; i++) {
            extended[i] = forward.next(extended[i]);
        }
        CausalBandPass backward = new CausalBandPass(this);
        for (int i = extended.length - 1; i >= 0; i--) {
            extended[i] = backward.next(extended[i]);
        }
        for (int i = 0; i < length; i++) {
            whole[i] = (float) extended[pad + i];
        }
        return whole;
    }

    /** As in {@code 0.5..40, order 2}. */
    @Override
    public String toString() {
        return low + ".." + high + ", order " + order;
    }
}
