package dev.limpid.train;

import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.SpoiltWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Spoils windows further, one {@link Disturbance} after the other. Confined to one thread. */
final class Disturber {
    private final List<Disturbance> disturbances;
    private final List<SplittableRandom> randoms = new ArrayList<>();
    private final SpoiltWindow spoilt;

    /** @param random split once for each disturbance, so that one more at the end leaves what the others draw as it was */
    Disturber(List<Disturbance> disturbances, SpoiltWindow spoilt, SplittableRandom random) {
        this.disturbances = disturbances;
        this.spoilt = spoilt;
        disturbances.forEach(disturbance -> randoms.add(random.split()));
    }

    /**
     * Goes on from what {@code x}, {@code observed} and {@code noise} of a window are.
     *
     * @param level root mean square of the clean recording, per channel
     */
    void disturb(TrainingBatch batch, int window, float[] level) {
        boolean struck = false;
        for (int i = 0; i < randoms.size(); i++) {
            SplittableRandom random = randoms.get(i);
            if (random.nextDouble() < disturbances.get(i).chance()) {
                if (!struck) {
                    spoilt.load(batch.x, batch.observed, batch.at(window, 0), level);
                    struck = true;
                }
                disturbances.get(i).strike(spoilt, random);
            }
        }
        if (struck) {
            spoilt.store(batch.x, batch.observed, batch.at(window, 0));
            for (int channel = 0; channel < batch.channels; channel++) {
                settle(batch, window, channel, level[channel]);
            }
        }
    }

    /** What is missing is 0; noise and weight follow from what the window has become. */
    private static void settle(TrainingBatch batch, int window, int channel, float level) {
        int at = batch.at(window, channel);
        double sum = 0;
        int seen = 0;
        for (int i = at; i < at + batch.length; i++) {
            if (batch.observed[i] == 0) {
                batch.x[i] = 0;
            } else {
                batch.noise[i] = batch.x[i] - batch.target[i];
                sum += (double) batch.noise[i] * batch.noise[i];
                seen++;
            }
        }
        double square = (double) level * level;
        batch.weight[window * batch.channels + channel] =
                (float) (1 / (square * Math.sqrt(sum / Math.max(1, seen) / square + Corruptor.QUIET)));
    }
}
