package dev.limpid.train;

import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Floats;

/**
 * A trained model and what became of it.
 *
 * @param bytes the ONNX file
 * @param metadata the document inside it
 * @param parameters how many numbers were fitted
 * @param steps steps done
 * @param bestStep the step whose weights these are
 * @param example a held-out window: raw, clean, cleaned
 * @param heldOut more of them, to be graded
 */
public record TrainedModel(
        OnnxBytes bytes,
        ModelMetadata metadata,
        long parameters,
        int steps,
        int bestStep,
        Example example,
        HeldOutCases heldOut) {
    /** The first channel of a held-out window; nothing is clean if nobody knows the truth. */
    public record Example(Floats raw, Floats clean, Floats cleaned) {}
}
