package dev.limpid.train;

import dev.limpid.eval.DenoisingError;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** {@link Toy}'s sines as noisy sensors give them, and how well a model cleans such windows. */
final class Noisy {
    private static final int LENGTH = 32;
    private static final int WINDOWS = 200;

    private Noisy() {}

    /** @param sensors of each channel, with independent white noise; the second's channels behind the first's */
    static TrainingData data(int channels, int sensors, double sigma) {
        SplittableRandom random = new SplittableRandom(9);
        List<float[]> all = new ArrayList<>();
        for (int sensor = 0; sensor < sensors; sensor++) {
            for (float[] clean : Toy.data(channels).clean().get(0).channels()) {
                float[] noisy = clean.clone();
                for (int i = 0; i < noisy.length; i++) {
                    noisy[i] += (float) (sigma * random.nextGaussian());
                }
                all.add(noisy);
            }
        }
        return new TrainingData(List.of(new Recording("noisy.csv", "ab", all)), List.of());
    }

    /** Of a model of one channel, on sines with fresh white noise. */
    static double gainDb(TrainedModel model, double sigma) throws Exception {
        return gainDb(model, white(sigma));
    }

    /** The same with the given noise. */
    static double gainDb(TrainedModel model, float[] noise) throws Exception {
        Reconstruction out = cleaned(model, noise);
        DenoisingError error = new DenoisingError();
        for (int i = 0; i < noise.length; i++) {
            error.add(clean(i), clean(i) + noise[i], out.clean().get(i));
        }
        return error.gainDb();
    }

    /** The mean of such a model's error there. */
    static double error(TrainedModel model, double sigma) throws Exception {
        Reconstruction out = cleaned(model, white(sigma));
        double sum = 0;
        for (int i = 0; i < WINDOWS * LENGTH; i++) {
            sum += out.error().get(i);
        }
        return sum / (WINDOWS * LENGTH);
    }

    private static float[] white(double sigma) {
        SplittableRandom random = new SplittableRandom(77);
        float[] white = new float[WINDOWS * LENGTH];
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) (sigma * random.nextGaussian());
        }
        return white;
    }

    private static float clean(int at) {
        return (float) (2 * Math.sin((at + 17) * 0.21) + 5);
    }

    private static Reconstruction cleaned(TrainedModel model, float[] noise) throws Exception {
        WindowBatch batch = new WindowBatch(WINDOWS, 1, LENGTH);
        for (int i = 0; i < noise.length; i++) {
            if (i % LENGTH == 0) {
                batch.add();
            }
            batch.x().put(i, clean(i) + noise[i]);
            batch.observed().put(i, 1);
        }
        Reconstruction out = new Reconstruction(WINDOWS, 1, LENGTH);
        try (Denoiser denoiser = ModelFile.open(
                        model.bytes().toArray(), "toy", Provider.CPU, new Expected("toy", 1, LENGTH, WINDOWS))
                .denoiser()) {
            denoiser.denoise(batch, 0, WINDOWS, out);
        }
        return out;
    }
}
