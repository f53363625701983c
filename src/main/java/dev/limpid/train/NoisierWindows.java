package dev.limpid.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Noisy windows with more noise: {@code y + α m} comes in, {@code y - m / α} is the target; see {@link Supervision.NoisierToNoise}.
 * What is added has the window's gain and sign, so that it stays noise of the kind that the window holds. Confined to one thread.
 */
final class NoisierWindows implements Batches {
    private final Cut cut;
    private final WindowSource windows;
    private final WindowSpoiler spoiler;
    private final RandomGenerator random;
    private final List<Recording> noise;
    private final Supervision.NoisierToNoise kind;
    /** Of each recording of noise, per channel. */
    private final double[][] rms;

    private final float[] level;
    private final float[] more;

    NoisierWindows(
            TrainingData data, TrainSpec spec, Augmentation augmentation, Supervision.NoisierToNoise kind, long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        this.cut = Cut.of(spec, augmentation);
        this.windows = new WindowSource(data.clean(), cut, augmentation, spec, root.split());
        this.random = root.split();
        this.spoiler = new WindowSpoiler(data, spec, root);
        this.noise = data.noise();
        this.rms = noise.stream()
                .map(recording -> IntStream.range(0, recording.channels().size())
                        .mapToDouble(recording::rms)
                        .toArray())
                .toArray(double[][]::new);
        this.kind = kind;
        this.level = new float[spec.channels().size()];
        this.more = new float[level.length * spec.length()];
    }

    @Override
    public void fill(TrainingBatch batch) {
        for (int window = 0; window < batch.windows; window++) {
            windows.draw(batch, window, level);
            spoiler.spoil(batch, window, level);
            int at = random.nextInt(noise.size());
            Arrays.fill(more, 0f);
            cut.add(noise.get(at), random, 1f, more, 0);
            for (int channel = 0; channel < batch.channels; channel++) {
                double factor = windows.factor();
                if (kind.snrDb().isPresent()) {
                    // the recording's power is the signal's and the noise's
                    double share = 1 / Math.sqrt(1 + Math.pow(10, kind.snrDb().getAsDouble() / 10));
                    factor = Math.signum(windows.factor()) * level[channel] * share / rms[at][channel];
                }
                add(batch, window, channel, (float) factor);
            }
        }
    }

    private void add(TrainingBatch batch, int window, int channel, float factor) {
        int at = batch.at(window, channel);
        float alpha = (float) kind.alpha();
        for (int i = 0; i < batch.length; i++) {
            float added = factor * more[channel * batch.length + i];
            batch.x[at + i] += alpha * added * batch.observed[at + i];
            batch.target[at + i] -= added / alpha;
            batch.noise[at + i] = batch.observed[at + i] * (batch.x[at + i] - batch.target[at + i]);
        }
    }
}
