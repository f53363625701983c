package dev.limpid.eval;

/** The discrete Fourier transform of a power of two of values (Cooley and Tukey 1965), in place. */
final class Fourier {
    private final int size;
    private final double[] cosines;
    private final double[] sines;

    Fourier(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(size + " values; wanted a power of two");
        }
        this.size = size;
        this.cosines = new double[size];
        this.sines = new double[size];
        for (int i = 0; i < size; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    void transform(double[] real, double[] imaginary) {
        for (int i = 0, j = 0; i < size; i++) {
            if (i < j) {
                double swapped = real[i];
                real[i] = real[j];
                real[j] = swapped;
                swapped = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = swapped;
            }
            int bit = size >> 1;
            while (bit > 0 && (j & bit) != 0) {
                j ^= bit;
                bit >>= 1;
            }
            j |= bit;
        }
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int from = 0; from < size; from += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cosines[k * stride];
                    double s = -sines[k * stride];
                    int low = from + k;
                    int high = low + half;
                    double r = real[high] * c - imaginary[high] * s;
                    double i = real[high] * s + imaginary[high] * c;
                    real[high] = real[low] - r;
                    imaginary[high] = imaginary[low] - i;
                    real[low] += r;
                    imaginary[low] += i;
                }
            }
        }
    }
}
