package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.nio.file.Path;

/** The model of the benchmark. */
public final class BenchModel {
    /** In place of a path: a small model in plain Java, for where there is no file. */
    public static final String STAND_IN = "stand-in";

    /** Samples per window. */
    public static final int WINDOW = BenchSignal.WINDOW;

    private BenchModel() {}

    /**
     * Opens it.
     *
     * @param path of an ONNX file for one channel and 128 samples, or {@link #STAND_IN}
     */
    static Denoiser open(String path) throws ModelRefused {
        if (path.equals(STAND_IN)) {
            return new DenseDenoiser();
        }
        return ModelFile.open(
                        Path.of(path), Provider.CPU, new Expected("bench", 1, BenchSignal.WINDOW, Job.MAX_WINDOWS))
                .denoiser();
    }

    /** What it is trained on: the clean part of every series of the input, one recording each. */
    public static float[] cleanSignal(int series) {
        return BenchSignal.clean(series);
    }
}
