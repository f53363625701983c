package dev.limpid.onnx;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One model on two providers: how far their answers are apart, and how fast each is.
 *
 * @param worst greatest difference of a value, relative to its size where that is above 1; NaN if one side is not a number
 * @param speeds windows per second by batch size
 */
public record Comparison(float worst, List<Speed> speeds) {
    /** What CUDA may differ from the CPU. */
    public static final float TOLERANCE = 1e-4f;

    private static final int[] BATCHES = {64, 256, 1024};

    public Comparison {
        speeds = List.copyOf(speeds);
    }

    /** Windows per second of the first and of the second side in batches of {@code batch} windows. */
    public record Speed(int batch, double first, double second) {}

    public boolean passed() {
        return worst <= TOLERANCE;
    }

    /**
     * Measures both, then runs both on the golden windows with noise of half their size, 1,024 at once.
     *
     * @param nanos how long each batch size of each side is measured
     */
    public static Comparison of(Denoiser first, Denoiser second, ModelMetadata metadata, long nanos)
            throws DenoiserException {
        int most = BATCHES[BATCHES.length - 1];
        int channels = metadata.channels().size();
        WindowBatch batch = new WindowBatch(most, channels, metadata.windowLength());
        fill(batch, metadata);
        Reconstruction one = new Reconstruction(most, channels, metadata.windowLength());
        Reconstruction two = new Reconstruction(most, channels, metadata.windowLength());
        // the smallest first: a side that fills runs up to one size grows at once and shrinks late
        List<Speed> speeds = new ArrayList<>();
        for (int size : BATCHES) {
            speeds.add(new Speed(
                    size, perSecond(first, batch, size, one, nanos), perSecond(second, batch, size, two, nanos)));
        }
        first.denoise(batch, 0, most, one);
        second.denoise(batch, 0, most, two);
        float worst = 0;
        for (int i = 0; i < most * batch.windowSize(); i++) {
            float wanted = one.clean().get(i);
            float difference = Math.abs(wanted - two.clean().get(i)) / Math.max(1, Math.abs(wanted));
            worst = Math.max(worst, difference); // max keeps NaN
        }
        return new Comparison(worst, speeds);
    }

    private static void fill(WindowBatch batch, ModelMetadata metadata) {
        SplittableRandom random = new SplittableRandom(1);
        boolean tokens = metadata.cleans() instanceof Kind.Tokens;
        for (int w = 0; !batch.full(); w++) {
            ModelMetadata.GoldenWindow window =
                    metadata.golden().get(w % metadata.golden().size());
            int at = batch.add() * batch.windowSize();
            for (int i = 0; i < batch.windowSize(); i++) {
                float factor = (float) random.nextDouble(0.5, 1.5);
                batch.x().put(at + i, window.input().at(i) * (tokens ? 1 : factor));
                batch.observed()
                        .put(
                                at + i,
                                window.observed().length() == 0
                                        ? 1
                                        : window.observed().at(i));
            }
        }
    }

    private static double perSecond(Denoiser denoiser, WindowBatch batch, int size, Reconstruction out, long nanos)
            throws DenoiserException {
        denoiser.denoise(batch, 0, size, out);
        long start = System.nanoTime();
        long windows = 0;
        long taken;
        do {
            denoiser.denoise(batch, 0, size, out);
            windows += size;
            taken = System.nanoTime() - start;
        } while (taken < nanos);
        return windows * 1e9 / taken;
    }
}
