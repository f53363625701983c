package dev.limpid.onnx;

import java.util.Locale;

/** Where ONNX Runtime computes. */
public enum Provider {
    /** On the CPU, one thread per run; byte-equal for every batch size. */
    CPU,
    /** On the first CUDA device; not opened without one. */
    CUDA,
    /** On the first CUDA device if there is a usable one, else, with one warning, on the CPU. */
    AUTO;

    /** As in a definition's {@code provider}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
