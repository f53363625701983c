package dev.limpid.train.synthetic;

import java.util.random.RandomGenerator;

/** The form of one peak, at most 1; {@code u} is the distance from there in widths. */
enum Kernel {
    NORMAL(4) {
        @Override
        double at(double u) {
            return Math.exp(-u * u / 2);
        }
    },
    LORENTZ(60) {
        @Override
        double at(double u) {
            return 1 / (1 + u * u);
        }
    },
    TWO_SIDED_EXPONENTIAL(9) {
        @Override
        double at(double u) {
            return Math.exp(-Math.abs(u));
        }
    },
    TRIANGLE(2) {
        @Override
        double at(double u) {
            return Math.max(0, 1 - Math.abs(u) / 2);
        }
    },
    SECANT(9) {
        @Override
        double at(double u) {
            return 1 / Math.cosh(u);
        }
    },
    /** The second derivative of a normal one, Ricker's wavelet. */
    RICKER(5) {
        @Override
        double at(double u) {
            return (1 - u * u) * Math.exp(-u * u / 2);
        }
    },
    /** The first derivative of a normal one: up, then down. */
    SWING(5) {
        @Override
        double at(double u) {
            return -u * Math.exp((1 - u * u) / 2);
        }
    },
    /** Rises at once and decays, as what is struck does. */
    DECAY(9) {
        @Override
        double at(double u) {
            return u < 0 ? Math.exp(u * 8) : Math.exp(-u);
        }
    };

    private static final Kernel[] ALL = values();

    /** Beyond so many widths it counts as 0. */
    private final double reach;

    Kernel(double reach) {
        this.reach = reach;
    }

    abstract double at(double u);

    static Kernel any(RandomGenerator random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /** Adds a peak of {@code width} samples around {@code middle}. */
    void add(double middle, double width, double height, float[] out) {
        int from = (int) Math.max(0, Math.ceil(middle - reach * width));
        int to = (int) Math.min(out.length - 1.0, Math.floor(middle + reach * width));
        for (int i = from; i <= to; i++) {
            out[i] += (float) (height * at((i - middle) / width));
        }
    }
}
