package dev.limpid.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Noisy windows with a blind spot: samples whose place leaves one rest, drawn for each window, are hidden and they alone are graded.
 * Confined to one thread.
 */
final class HidingWindows implements Batches {
    private final Batches noisy;
    private final int masks;
    private final RandomGenerator random;

    HidingWindows(Batches noisy, int masks, RandomGenerator random) {
        this.noisy = noisy;
        this.masks = masks;
        this.random = random;
    }

    @Override
    public void fill(TrainingBatch batch) {
        noisy.fill(batch);
        Arrays.fill(batch.grade, 0f);
        batch.partly = true;
        for (int window = 0; window < batch.windows; window++) {
            int rest = random.nextInt(masks);
            for (int channel = 0; channel < batch.channels; channel++) {
                int at = batch.at(window, channel);
                for (int i = rest; i < batch.length; i += masks) {
                    batch.x[at + i] = 0;
                    batch.observed[at + i] = 0;
                    // as many times as there are masks, so that a loss is a mean over what is graded
                    batch.grade[at + i] = masks;
                }
            }
        }
    }
}
