package dev.limpid.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.model.Vocabulary;
import java.util.stream.IntStream;

/**
 * A model of tokens that says of each what depends on the whole window: with {@code s} the sum of its ids and {@code v} tokens in the
 * vocabulary, {@code clean = 3 + (x + s) mod v, error = ((x + s) mod 5) / 4 = missing_before = contribution, confidence = ((x + s) mod 7) / 6
 * = missing_count / 6, score = the mean of error, reason = the least (x + s) mod 5}.
 */
public final class MuddledTokens {
    private MuddledTokens() {}

    public static TinyModel of(int length, Vocabulary vocabulary) {
        TinyModel model = TinyModel.ofTokens(TensorProto.DataType.INT64, length, vocabulary);
        model.graph.wholes("axis", 1);
        model.graph.node("keepdims", 1, "ReduceSum", "s", "x", "axis");
        model.node("Add", "both", "x", "s");
        model.graph.whole("v", vocabulary.entries().size());
        model.node("Mod", "place", "both", "v");
        model.graph.whole("first", 3);
        model.node("Add", "clean", "place", "first");
        share(model, "error", 5);
        share(model, "confidence", 7);
        model.node("Identity", "missing_before", "error").node("Identity", "missing_count", "confidence-rest");
        model.graph.node("keepdims", 0, "ReduceMean", "score", "error", "axis");
        model.graph.node("keepdims", 0, "ReduceMin", "reason", "error-rest", "axis");
        model.graph.output("reason", TensorProto.DataType.INT64, -1);
        model.node("Identity", "contribution", "error");
        model.graph.output("contribution", TensorProto.DataType.FLOAT, -1, length);
        model.graph.output("missing_before", TensorProto.DataType.FLOAT, -1, length);
        model.graph.output("missing_count", TensorProto.DataType.INT64, -1, length);
        return model.tokenOutputs(TensorProto.DataType.INT64).expecting(x -> {
            double all = IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum();
            return TinyModel.map(
                    x, each -> 3 + (each + all) % vocabulary.entries().size());
        });
    }

    /** {@code output = (both mod parts) / (parts - 1)}. */
    private static void share(TinyModel model, String output, int parts) {
        String of = output + "-of";
        model.graph.whole(of, parts);
        model.node("Mod", output + "-rest", "both", of);
        model.graph.node("to", TensorProto.DataType.FLOAT.getNumber(), "Cast", output + "-float", output + "-rest");
        model.constant(output + "-most", parts - 1).node("Div", output, output + "-float", output + "-most");
    }
}
