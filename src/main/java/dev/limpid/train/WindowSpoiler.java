package dev.limpid.train;

import dev.limpid.train.corruption.SpoiltWindow;
import java.util.SplittableRandom;

/** Spoils windows as a {@link Corruption} says: its mixture, then its disturbances. Confined to one thread. */
final class WindowSpoiler {
    private final Corruptor corruptor;
    private final Disturber disturber;

    WindowSpoiler(TrainingData data, TrainSpec spec, SplittableRandom random) {
        this.corruptor = new Corruptor(spec.corruption(), data.noise(), random.split());
        int columns = spec.frame().map(Frame::width).orElse(spec.length());
        SpoiltWindow spoilt = new SpoiltWindow(spec.channels().size(), spec.length(), columns, data.noiseSources());
        this.disturber = new Disturber(spec.corruption().then(), spoilt, random);
    }

    /**
     * Makes {@code x}, {@code observed}, {@code noise} and {@code weight} of a window from its target.
     *
     * @param level root mean square of the recording, per channel
     */
    void spoil(TrainingBatch batch, int window, float[] level) {
        corruptor.corrupt(batch, window, level);
        disturber.disturb(batch, window, level);
    }
}
