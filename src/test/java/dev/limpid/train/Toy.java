package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small world to train in: sines as signals, a random walk as noise. */
final class Toy {
    private Toy() {}

    static TrainingData data(int channels) {
        List<float[]> clean = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            float[] values = new float[4000];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (2 * Math.sin(i * 0.21 * (channel + 1)) + 5);
            }
            clean.add(values);
        }
        float[] walk = new float[3000];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 1; i < walk.length; i++) {
            walk[i] = (float) (walk[i - 1] * 0.9 + random.nextGaussian());
        }
        return new TrainingData(
                List.of(new Recording("sines.csv", "ab", clean)),
                List.of(new Recording("walk.csv/walk", "cd", List.of(walk))));
    }

    static TrainSpec spec(Network network, int channels, int steps) {
        List<String> names = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            names.add("c" + channel);
        }
        return new TrainSpec(
                "toy",
                "3",
                names,
                "V",
                32,
                network,
                new Schedule(steps, 16, 3e-3, 1e-2, 50, 10),
                Corruption.DEFAULT,
                Augmentation.DEFAULT,
                0.1,
                11);
    }

    static Network unet() {
        return new UNet(List.of(8, 12), 2);
    }

    static Network dense() {
        return new Dense(List.of(24, 12, 24));
    }
}
