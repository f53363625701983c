package dev.limpid.train;

import dev.limpid.train.synthetic.Signals;
import dev.limpid.train.synthetic.Spoiler;
import dev.limpid.train.synthetic.Spoiling;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Made-up windows of one channel: cut at random from a drawn signal twice as long, so that a window may hold little of it, and
 * spoilt. All chance from one seed. Confined to one thread.
 */
final class SyntheticWindows implements Batches {
    private final Signals signals;
    private final Spoiler spoiler;
    private final RandomGenerator random;
    private final float[] whole;
    private final float[] clean;
    private final float[] noise;
    private final float[] observed;

    SyntheticWindows(Signals signals, Spoiling spoiling, int length, long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        this.signals = signals;
        this.random = root.split();
        this.spoiler = new Spoiler(spoiling, root.split());
        this.whole = new float[2 * length];
        this.clean = new float[length];
        this.noise = new float[length];
        this.observed = new float[length];
    }

    @Override
    public void fill(TrainingBatch batch) {
        for (int window = 0; window < batch.windows; window++) {
            signals.draw(random, whole);
            int from = random.nextInt(clean.length + 1);
            boolean backwards = random.nextBoolean();
            float sign = random.nextBoolean() ? 1 : -1;
            for (int i = 0; i < clean.length; i++) {
                clean[i] = sign * whole[backwards ? from + clean.length - 1 - i : from + i];
            }
            double sigma = spoiler.noise(clean, noise);
            spoiler.hide(observed);
            int at = batch.at(window, 0);
            for (int i = 0; i < clean.length; i++) {
                batch.target[at + i] = clean[i];
                batch.noise[at + i] = noise[i];
                batch.observed[at + i] = observed[i];
                batch.x[at + i] = observed[i] * (clean[i] + noise[i]);
            }
            double unit = Math.max(sigma, NoiseLevel.LEAST_SHARE);
            batch.weight[window] = (float) (1 / (unit * unit));
        }
    }
}
