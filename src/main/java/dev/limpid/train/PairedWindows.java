package dev.limpid.train;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Windows of two sensors of one signal: either may come in, the other is the target. Recordings hold the first sensor's channels, then
 * the second's. Confined to one thread.
 */
final class PairedWindows implements Batches {
    private final WindowSource windows;
    private final WindowSpoiler spoiler;
    private final RandomGenerator random;
    private final TrainingBatch both;
    private final float[] levels;
    private final float[] level;

    PairedWindows(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        int channels = spec.channels().size();
        this.windows = new WindowSource(data.clean(), Cut.of(spec, augmentation), augmentation, spec, root.split());
        this.random = root.split();
        this.spoiler = new WindowSpoiler(data, spec, root);
        this.both = new TrainingBatch(1, 2 * channels, spec.length());
        this.levels = new float[2 * channels];
        this.level = new float[channels];
    }

    @Override
    public void fill(TrainingBatch batch) {
        int size = batch.channels * batch.length;
        for (int window = 0; window < batch.windows; window++) {
            int at = batch.at(window, 0);
            windows.draw(both, 0, levels);
            int in = random.nextInt(2);
            System.arraycopy(both.target, in * size, batch.target, at, size);
            System.arraycopy(levels, in * batch.channels, level, 0, batch.channels);
            spoiler.spoil(batch, window, level);
            System.arraycopy(both.target, (1 - in) * size, batch.target, at, size);
            for (int i = at; i < at + size; i++) {
                batch.noise[i] = batch.observed[i] * (batch.x[i] - batch.target[i]);
            }
        }
    }
}
