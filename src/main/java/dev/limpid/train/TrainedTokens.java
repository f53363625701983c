package dev.limpid.train;

import dev.limpid.onnx.ModelMetadata;
import dev.limpid.train.tokens.Thresholds;
import java.util.List;

/**
 * A trained model of tokens and what became of it.
 *
 * @param bytes the ONNX file
 * @param metadata the document inside it
 * @param parameters how many numbers were fitted
 * @param steps steps done
 * @param bestStep the step whose weights these are
 * @param thresholds of its checks
 * @param scores of the sessions of training, each by what it had no hand in
 * @param examples held-out sessions that were spoilt and cleaned
 */
public record TrainedTokens(
        OnnxBytes bytes,
        ModelMetadata metadata,
        long parameters,
        int steps,
        int bestStep,
        Thresholds thresholds,
        List<Double> scores,
        List<Example> examples) {
    public TrainedTokens {
        scores = List.copyOf(scores);
        examples = List.copyOf(examples);
    }

    /** A session as it was, as it was spoilt, and as it came out; tokens as text. */
    public record Example(List<String> clean, List<String> spoilt, List<String> cleaned) {}
}
