package dev.limpid.train;

import java.util.SplittableRandom;

/** Fills batches with fresh corrupted windows, all chance from one seed. Confined to one thread. */
final class BatchSource implements Batches {
    private final WindowSource windows;
    private final WindowSpoiler spoiler;
    private final float[] level;

    /** @param augmentation instead of the spec's */
    BatchSource(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.windows = new WindowSource(data.clean(), Cut.of(spec, augmentation), augmentation, spec, random.split());
        this.level = new float[data.clean().get(0).channels().size()];
        this.spoiler = new WindowSpoiler(data, spec, random);
    }

    @Override
    public void fill(TrainingBatch batch) {
        for (int window = 0; window < batch.windows; window++) {
            windows.draw(batch, window, level);
            spoiler.spoil(batch, window, level);
        }
    }
}
