package dev.limpid.onnx;

import java.nio.file.Path;

/** Decides whether a model file may be used here. Safe for use by several threads. */
public final class Admission {
    private Admission() {}

    /** The admission of this host. */
    public static Admission ofThisHost() {
        return new Admission();
    }

    /**
     * Checks a model file thoroughly and opens it.
     *
     * @return the model, warm; the caller closes its denoiser
     * @throws ModelRefused with everything that is wrong with it
     */
    public ModelFile admit(Path file, Provider provider, Expected expected) throws ModelRefused {
        return ModelFile.open(file, provider, expected);
    }
}
