package dev.limpid.train;

import java.util.List;
import java.util.SplittableRandom;

/** A smooth stationary process, normally distributed with variance 1: white noise through a bell curve, so its covariance is one, too. */
final class Gauss {
    /** Standard deviation of the bell curve, samples. */
    private static final double WIDTH = 4;

    private static final int REACH = 20;

    private final SplittableRandom random;

    Gauss(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static TrainingData data(int samples, long seed) {
        return new TrainingData(
                List.of(new Recording("gauss.csv", "", List.of(new Gauss(seed).draw(samples)))), List.of());
    }

    /** Independent windows with white noise. */
    float[] windows(int count, int length, double sigma) {
        float[] all = new float[count * length];
        for (int window = 0; window < count; window++) {
            System.arraycopy(draw(length), 0, all, window * length, length);
        }
        for (int i = 0; i < all.length; i++) {
            all[i] += (float) (sigma * random.nextGaussian());
        }
        return all;
    }

    private float[] draw(int samples) {
        double[] white = new double[samples + 2 * REACH];
        for (int i = 0; i < white.length; i++) {
            white[i] = random.nextGaussian();
        }
        double square = 0;
        for (int k = -REACH; k <= REACH; k++) {
            square += bell(k) * bell(k);
        }
        float[] values = new float[samples];
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int k = -REACH; k <= REACH; k++) {
                sum += bell(k) * white[i + REACH + k];
            }
            values[i] = (float) (sum / Math.sqrt(square));
        }
        return values;
    }

    private static double bell(double distance) {
        return Math.exp(-distance * distance / (2 * WIDTH * WIDTH));
    }

    /** {@code -(C + σ² I)^-1 x}, by elimination. */
    static double[] score(float[] x, double sigma) {
        int length = x.length;
        double[][] rows = new double[length][length + 1];
        for (int i = 0; i < length; i++) {
            for (int k = 0; k < length; k++) {
                rows[i][k] = bell((i - k) / Math.sqrt(2)) + (i == k ? sigma * sigma : 0);
            }
            rows[i][length] = -x[i];
        }
        for (int pivot = 0; pivot < length; pivot++) {
            for (int i = 0; i < length; i++) {
                double factor = i == pivot ? 0 : rows[i][pivot] / rows[pivot][pivot];
                for (int k = pivot; factor != 0 && k <= length; k++) {
                    rows[i][k] -= factor * rows[pivot][k];
                }
            }
        }
        double[] score = new double[length];
        for (int i = 0; i < length; i++) {
            score[i] = rows[i][length] / rows[i][i];
        }
        return score;
    }
}
