package dev.limpid.train;

import java.util.Optional;
import java.util.SplittableRandom;

/** Fills batches with fresh corrupted windows, all chance from one seed. Confined to one thread. */
final class BatchSource implements Batches {
    private final WindowSource windows;
    private final WindowSpoiler spoiler;
    private final Optional<Lowering> lowering;
    private final float[] level;

    /** @param augmentation instead of the spec's */
    BatchSource(TrainingData data, TrainSpec spec, Augmentation augmentation, long seed) {
        this(data, spec, augmentation, 1, seed);
    }

    /** @param steps how many levels of noise there are, see {@link Lowering} */
    BatchSource(TrainingData data, TrainSpec spec, Augmentation augmentation, int steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.windows = new WindowSource(data.clean(), Cut.of(spec, augmentation), augmentation, spec, random.split());
        this.level = new float[data.clean().get(0).channels().size()];
        this.spoiler = new WindowSpoiler(data, spec, random);
        this.lowering = steps > 1 ? Optional.of(new Lowering(steps, random.split())) : Optional.empty();
    }

    @Override
    public void fill(TrainingBatch batch) {
        for (int window = 0; window < batch.windows; window++) {
            windows.draw(batch, window, level);
            spoiler.spoil(batch, window, level);
            if (lowering.isPresent()) {
                lowering.get().lower(batch, window, level);
            }
        }
    }
}
