package dev.limpid.train;

import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
    public record Example(Floats raw, Floats clean, Floats cleaned) {
        /** Of the windows without missing samples, the one whose noise is the median. */
        static Example of(TrainingBatch batch, float[] clean, boolean known) {
            List<Integer> whole = new ArrayList<>();
            for (int window = 0; window < batch.windows; window++) {
                if (batch.observedShare(window) == 1) {
                    whole.add(window);
                }
            }
            whole.sort(Comparator.comparingDouble(batch::noisePower));
            int from = whole.isEmpty() ? 0 : batch.at(whole.get(whole.size() / 2), 0);
            int to = from + batch.length;
            return new Example(
                    Floats.owning(Arrays.copyOfRange(batch.x, from, to)),
                    known ? Floats.owning(Arrays.copyOfRange(batch.target, from, to)) : Floats.of(),
                    Floats.owning(Arrays.copyOfRange(clean, from, to)));
        }
    }
}
