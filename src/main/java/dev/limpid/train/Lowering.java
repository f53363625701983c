package dev.limpid.train;

import java.util.random.RandomGenerator;

/**
 * Lowers what spoils a window to a level drawn from those that the steps of a refined model come to ({@link Autoencoder#cleaned}): of
 * {@code steps} levels 1, (K - 1) / K, … 1 / K each is as likely. So the weights know the windows that they meet when they serve.
 * Confined to one thread.
 */
record Lowering(int steps, RandomGenerator random) {
    /**
     * Goes on from what {@code x}, {@code observed} and {@code noise} of a window are.
     *
     * @param level root mean square of the clean recording, per channel
     */
    void lower(TrainingBatch batch, int window, float[] level) {
        int taken = random.nextInt(steps);
        if (taken == 0) {
            return;
        }
        float share = 1 - taken / (float) steps;
        for (int i = batch.at(window, 0); i < batch.at(window + 1, 0); i++) {
            if (batch.observed[i] > 0) {
                batch.x[i] = batch.target[i] + share * (batch.x[i] - batch.target[i]);
            }
        }
        for (int channel = 0; channel < batch.channels; channel++) {
            Disturber.settle(batch, window, channel, level[channel]);
        }
    }
}
