package dev.limpid.train;

import dev.limpid.train.corruption.SpoiltWindow;
import java.util.SplittableRandom;

/** Fills batches with fresh corrupted windows, all chance from one seed. Confined to one thread. */
final class BatchSource implements Batches {
    private final WindowSource windows;
    private final Corruptor corruptor;
    private final Disturber disturber;
    private final float[] level;

    /** @param augmentation instead of the spec's */
    BatchSource(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Corruption corruption = spec.corruption();
        int length = spec.length();
        this.windows = new WindowSource(data.clean(), Cut.of(spec, augmentation), augmentation, length, random.split());
        this.corruptor = new Corruptor(corruption, data.noise(), random.split());
        this.level = new float[data.clean().get(0).channels().size()];
        int columns = spec.frame().map(Frame::width).orElse(length);
        SpoiltWindow spoilt = new SpoiltWindow(level.length, length, columns, data.noiseSources());
        this.disturber = new Disturber(corruption.then(), spoilt, random);
    }

    @Override
    public void fill(TrainingBatch batch) {
        for (int window = 0; window < batch.windows; window++) {
            windows.draw(batch, window, level);
            corruptor.corrupt(batch, window, level);
            disturber.disturb(batch, window, level);
        }
    }
}
