package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;

/** The model of the benchmark. */
final class BenchModel {
    /** In place of a path: {@link DenseDenoiser}. */
    static final String STAND_IN = "stand-in";

    private BenchModel() {}

    /** @param path of an ONNX file for one channel and 128 samples, or {@link #STAND_IN} */
    static Denoiser open(String path) {
        if (path.equals(STAND_IN)) {
            return new DenseDenoiser();
        }
        throw new IllegalArgumentException("not there yet: " + path);
    }
}
