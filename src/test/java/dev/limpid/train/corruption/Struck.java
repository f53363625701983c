package dev.limpid.train.corruption;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A window before and after a disturbance struck it. */
final class Struck {
    final float[] clean;
    final SpoiltWindow window;

    private Struck(float[] clean, SpoiltWindow window) {
        this.clean = clean;
        this.window = window;
    }

    /** Channels of sines with root mean square 2 for the first, 4 for the second, and so on; recorded noise is a square wave. */
    static Struck by(Disturbance disturbance, int channels, int length, int columns, long seed) {
        float[] clean = new float[channels * length];
        float[] observed = new float[channels * length];
        float[] level = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            level[channel] = 2 * (channel + 1);
            for (int i = 0; i < length; i++) {
                clean[channel * length + i] = (float) (level[channel] * Math.sqrt(2) * Math.sin(0.05 * i + 0.3));
                observed[channel * length + i] = 1;
            }
        }
        float[] square = new float[3 * length];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 7 % 2 == 0 ? 5 : -5;
        }
        NoiseSources noise = new NoiseSources(Map.of("", List.of(square, new float[9])));
        SpoiltWindow window = new SpoiltWindow(channels, length, columns, noise);
        window.load(clean, observed, 0, level);
        disturbance.strike(window, new SplittableRandom(seed));
        return new Struck(clean, window);
    }

    static Struck by(Disturbance disturbance, int channels, int length) {
        return by(disturbance, channels, length, length, 1);
    }

    float added(int i) {
        return window.x[i] - clean[i];
    }

    /** Root mean square of what was added to a channel. */
    double addedRms(int channel) {
        double sum = 0;
        for (int i = window.at(channel); i < window.at(channel) + window.length; i++) {
            sum += (double) added(i) * added(i);
        }
        return Math.sqrt(sum / window.length);
    }

    int missing() {
        int count = 0;
        for (float seen : window.observed) {
            count += seen == 0 ? 1 : 0;
        }
        return count;
    }

    int changed(int channel) {
        int count = 0;
        for (int i = window.at(channel); i < window.at(channel) + window.length; i++) {
            count += added(i) == 0 ? 0 : 1;
        }
        return count;
    }
}
