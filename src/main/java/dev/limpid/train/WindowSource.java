package dev.limpid.train;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws clean windows from recordings and varies them. Confined to one thread. */
final class WindowSource {
    private final List<Recording> recordings;
    private final Augmentation augmentation;
    private final Cut cut;
    private final int channels;
    private final int length;
    private final RandomGenerator random;
    private final double[] cumulative;
    private final double[][] rms;
    private final float[] other;
    private double factor = 1;

    /** A recording is drawn in proportion to the square root of its length, so that short ones are not lost among long ones. */
    WindowSource(
            List<Recording> recordings, Cut cut, Augmentation augmentation, TrainSpec spec, RandomGenerator random) {
        this.recordings = recordings;
        this.cut = cut;
        this.augmentation = augmentation;
        this.channels = spec.channels().size();
        this.length = spec.length();
        this.random = random;
        this.cumulative = new double[recordings.size()];
        this.rms = new double[recordings.size()][];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            Recording recording = recordings.get(i);
            sum += Math.sqrt(recording.samples());
            cumulative[i] = sum;
            rms[i] = new double[recording.channels().size()];
            for (int channel = 0; channel < rms[i].length; channel++) {
                rms[i][channel] = recording.rms(channel);
            }
        }
        this.other = new float[recordings.get(0).channels().size() * length];
    }

    /** Fills one window's target, and {@code level} with each channel's root mean square over its whole recording. */
    void draw(TrainingBatch batch, int window, float[] level) {
        int at = batch.at(window, 0);
        Arrays.fill(batch.target, at, at + batch.channels * length, 0f);
        Arrays.fill(level, 0f);
        double sign = random.nextDouble() < augmentation.flip() ? -1 : 1;
        factor = sign * Draw.logarithmic(random, augmentation.gainLow(), augmentation.gainHigh());
        read(batch.target, at, level);
        if (random.nextDouble() < augmentation.splice()) {
            splice(batch, at, level);
        }
        for (int channel = 0; channel < channels; channel++) {
            float offset = (float) (augmentation.offset() * level[channel] * (random.nextDouble() * 2 - 1));
            // a second sensor's channel, too: else the level would be noise between the two, and be taken away
            for (int of = channel; of < batch.channels && offset != 0; of += channels) {
                for (int i = 0; i < length; i++) {
                    batch.target[at + of * length + i] += offset;
                }
            }
        }
    }

    /** Factor on the window drawn last: its gain, below 0 if it was turned over. */
    double factor() {
        return factor;
    }

    private void read(float[] out, int at, float[] level) {
        int index = pick();
        cut.add(recordings.get(index), random, (float) factor, out, at);
        for (int channel = 0; channel < level.length; channel++) {
            level[channel] += (float) (Math.abs(factor) * rms[index][channel]);
        }
    }

    private void splice(TrainingBatch batch, int at, float[] level) {
        Arrays.fill(other, 0f);
        float[] otherLevel = new float[level.length];
        read(other, 0, otherLevel);
        double middle = random.nextDouble() * length;
        double width = Math.max(1, length / 32.0);
        for (int channel = 0; channel < level.length; channel++) {
            for (int i = 0; i < length; i++) {
                float share = (float) (1 / (1 + Math.exp((middle - i) / width * 4)));
                int k = channel * length + i;
                batch.target[at + k] += share * (other[k] - batch.target[at + k]);
            }
            float share = (float) (1 - middle / length);
            level[channel] += share * (otherLevel[channel] - level[channel]);
        }
    }

    private int pick() {
        double draw = random.nextDouble() * cumulative[cumulative.length - 1];
        int index = 0;
        while (index < cumulative.length - 1 && draw >= cumulative[index]) {
            index++;
        }
        return index;
    }
}
