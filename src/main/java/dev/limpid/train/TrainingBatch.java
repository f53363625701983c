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
        this.weight = new float[windows * channels];
    }

    /** Where the values of a window's channel begin. */
    int at(int window, int channel) {
        return (window * channels + channel) * length;
    }
}
