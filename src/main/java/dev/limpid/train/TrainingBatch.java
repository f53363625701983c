package dev.limpid.train;

/**
 * So many corrupted windows and what they should become, {@code [window][channel][time]}; reused for every batch and
 * confined to one thread.
 */
final class TrainingBatch {
    final int windows;
    final int channels;
    final int length;

    /** What the network gets; 0 where missing. */
    final float[] x;

    /** 1 observed, 0 missing. */
    final float[] observed;

    /** The clean window. */
    final float[] target;

    /** What was added to the clean window, also where {@link #observed} hides it. */
    final float[] noise;

    /** Weight of a sample's error, apart from {@link #weight}; heeded only if {@link #partly}. */
    final float[] grade;

    /** Whether some samples are not graded. */
    boolean partly;

    /** Weight of a window's and channel's squared error, {@code [window][channel]}. */
    final float[] weight;

    TrainingBatch(int windows, int channels, int length) {
        this.windows = windows;
        this.channels = channels;
        this.length = length;
        int size = windows * channels * length;
        this.x = new float[size];
        this.observed = new float[size];
        this.target = new float[size];
        this.noise = new float[size];
        this.grade = new float[size];
        this.weight = new float[windows * channels];
    }

    /** Share of a window's values that are observed. */
    double observedShare(int window) {
        double sum = 0;
        for (int i = at(window, 0); i < at(window + 1, 0); i++) {
            sum += observed[i];
        }
        return sum / (channels * length);
    }

    /** Mean square of what was added to a window. */
    double noisePower(int window) {
        double sum = 0;
        for (int i = at(window, 0); i < at(window + 1, 0); i++) {
            sum += (double) noise[i] * noise[i];
        }
        return sum / (channels * length);
    }

    /** Where the values of a window's channel begin. */
    int at(int window, int channel) {
        return (window * channels + channel) * length;
    }
}
