package dev.limpid.eval;

import dev.limpid.signal.Floats;
import dev.limpid.signal.Holes;

/** Sums up what two signals have in common, in phase, frequency by frequency; of a signal with itself, its power. */
final class CrossSpectrum {
    private final int size;
    private final Fourier fourier;
    private final double[] window;
    private final double[] sums;
    private double norm;

    CrossSpectrum(int size) {
        this.size = size;
        this.fourier = new Fourier(size);
        this.window = new double[size];
        this.sums = new double[size / 2 + 1];
        for (int i = 0; i < size; i++) {
            window[i] = Math.sin(Math.PI * (i + 0.5) / size) * Math.sin(Math.PI * (i + 0.5) / size);
        }
    }

    /** Adds segments that overlap by half; stretches shorter than a segment are filled up with their mean. */
    void add(Floats one, Floats other) {
        float[] first = Holes.bridged(one.toArray());
        float[] second = Holes.bridged(other.toArray());
        int from = 0;
        do {
            addSegment(first, second, from);
            from += size / 2;
        } while (from + size <= first.length);
    }

    private void addSegment(float[] first, float[] second, int from) {
        // both real signals in one complex transform
        double[] real = segment(first, from);
        double[] imaginary = segment(second, from);
        fourier.transform(real, imaginary);
        for (int bin = 0; bin < sums.length; bin++) {
            int mirror = (size - bin) % size;
            double firstReal = (real[bin] + real[mirror]) / 2;
            double firstImaginary = (imaginary[bin] - imaginary[mirror]) / 2;
            double secondReal = (imaginary[bin] + imaginary[mirror]) / 2;
            double secondImaginary = (real[mirror] - real[bin]) / 2;
            boolean twoSided = bin > 0 && bin < size / 2;
            sums[bin] += (twoSided ? 2 : 1) * (firstReal * secondReal + firstImaginary * secondImaginary);
        }
        for (double weight : window) {
            norm += weight * weight * size;
        }
    }

    private double[] segment(float[] values, int from) {
        int count = Math.min(size, values.length - from);
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += values[from + i] / (double) count;
        }
        double[] out = new double[size];
        for (int i = 0; i < count; i++) {
            out[i] = (values[from + i] - mean) * window[i];
        }
        return out;
    }

    /** Power per bin, from 0 to half the rate. */
    Floats power() {
        float[] out = new float[sums.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = norm > 0 ? (float) (sums[i] / norm) : 0;
        }
        return Floats.owning(out);
    }
}
