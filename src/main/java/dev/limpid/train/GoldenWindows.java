package dev.limpid.train;

import java.util.SplittableRandom;

/**
 * The inputs of a model's golden windows: made up from the training data's centre and scale, never taken from the data, for
 * model files travel and recordings are often somebody's. Two sines and noise; whole, with a hole, and with its end missing
 * at three times the amplitude.
 */
final class GoldenWindows {
    private static final int COUNT = 3;

    private GoldenWindows() {}

    /** Windows with {@code x} and {@code observed} filled. */
    static TrainingBatch inputs(Autoencoder autoencoder, long seed) {
        int channels = autoencoder.channels().size();
        int length = autoencoder.length();
        SplittableRandom random = new SplittableRandom(seed);
        TrainingBatch batch = new TrainingBatch(COUNT, channels, length);
        for (int window = 0; window < COUNT; window++) {
            double amplitude = window == 2 ? 3 : 1;
            for (int channel = 0; channel < channels; channel++) {
                int at = batch.at(window, channel);
                for (int i = 0; i < length; i++) {
                    double turn = 2 * Math.PI * i / length;
                    double wave =
                            Math.sin(3 * turn + channel) + 0.5 * Math.sin(17 * turn) + 0.2 * random.nextGaussian();
                    boolean missing =
                            window == 1 ? i / (length / 4.0) >= 1 && i < length / 2 : window == 2 && i > length * 0.6;
                    batch.observed[at + i] = missing ? 0 : 1;
                    batch.x[at + i] = missing
                            ? 0
                            : (float) (autoencoder.centre().at(channel)
                                    + amplitude * autoencoder.scale().at(channel) * wave);
                }
            }
        }
        return batch;
    }
}
